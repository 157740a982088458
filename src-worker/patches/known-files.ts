import { StudioError, toStudioError, type SerializedError } from '../../src-shared/errors/studio-error'
import type { Split } from '../../src-shared/footprint/footprint'
import { fileVersion, UnsteadyFile } from './file-version'
import type { SampleFiles } from './sample-files'

/** Files that are remembered before all are forgotten. */
const MOST_KNOWN = 50_000

/** A file whose samples can be listed. */
export interface KnownFile {
  file: string
  samples: number
  version: string
  split: Split | null
  /** What it lacks of a dataset, a line each. */
  missing: string[]
  /** Whether it may lack datasets. */
  partly: boolean
}

/** A file that cannot be read. */
export interface FaultyFile {
  fault: SerializedError
}

/** What batch and dataset files hold, each looked into once as long as it stays the same. */
export class KnownFiles {
  private readonly known = new Map<string, { version: string; outcome: KnownFile | FaultyFile }>()
  private readonly files: SampleFiles

  constructor(files: SampleFiles) {
    this.files = files
  }

  /**
   * The number of samples in a file, or why it cannot be read.
   * @param partly whether it may lack datasets
   */
  async lookUp(path: string, partly: boolean): Promise<KnownFile | FaultyFile> {
    let version: string
    try {
      version = (await fileVersion(path)).version
    } catch (error) {
      return faulty(error)
    }
    const known = this.known.get(keyOf(path, partly))
    if (known?.version === version) return known.outcome
    try {
      const file = await this.files.use(
        path,
        ({ samples, split, missing }) => ({ file: path, samples, version, split, missing, partly }),
        partly,
      )
      this.remember(keyOf(path, partly), version, file)
      return file
    } catch (error) {
      if (!(error instanceof UnsteadyFile)) this.remember(keyOf(path, partly), version, faulty(error))
      return faulty(error)
    }
  }

  /** Notes that a file cannot be read after all, for as long as it stays the same; what was away may come back. */
  fail({ file, version, partly }: KnownFile, error: StudioError): void {
    if (!(error instanceof UnsteadyFile)) this.remember(keyOf(file, partly), version, faulty(error))
  }

  private remember(key: string, version: string, outcome: KnownFile | FaultyFile): void {
    if (this.known.size >= MOST_KNOWN) this.known.clear()
    this.known.set(key, { version, outcome })
  }
}

function keyOf(path: string, partly: boolean): string {
  return `${partly ? 'partly' : 'whole'} ${path}`
}

function faulty(error: unknown): FaultyFile {
  return { fault: toStudioError(error).toJSON() }
}
