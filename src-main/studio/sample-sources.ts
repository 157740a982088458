import { readdir } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { OpenedFile } from '../../src-shared/api/opened-file'
import type { SampleFileKey, SampleRef } from '../../src-shared/api/run-state'
import { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import { fingerprint } from '../project/fingerprint'
import type { ProjectPaths } from '../project/project-paths'

/** Whose samples are looked at: those of a file, else those of the batches of a split, or of both. */
export interface PatchSource {
  split: Split | null
  file: SampleFileKey | null
}

/** A file of a list, and how its samples are named but for the row. */
export interface ListedFile {
  path: string
  ref: Omit<SampleRef, 'row'>
}

/** A project as far as its samples go. */
export interface SampleProject {
  paths: ProjectPaths
  /** The batch size as it is now; files of another size are of other settings. */
  batchSize: () => number
}

/** Which files hold which samples: those of a project, and those that were opened alone. */
export class SampleSources {
  /** Paths of the files that were opened alone, by their keys. */
  private readonly opened = new Map<SampleFileKey, string>()

  /** @param project null where there are opened files only */
  constructor(private readonly project: SampleProject | null) {}

  /** Takes a file that people chose, so that its samples can be listed. */
  openFile(path: string): OpenedFile {
    const opened: OpenedFile = {
      file: `opened-${fingerprint(resolve(path)).slice(0, 16)}`,
      path: resolve(path),
      name: basename(path),
    }
    this.opened.set(opened.file, opened.path)
    return opened
  }

  /** Path of the file that a sample lies in. @throws StudioError `input-missing` where no such file was opened */
  pathOf({ split, batch, file }: SampleRef): string {
    if (file !== undefined) return this.filePath(file)
    const { paths, batchSize } = this.open
    return paths.batch(split, batchSize(), batch)
  }

  /** The files of a source, batches in their order. @throws StudioError as pathOf; `not-ready` without a project */
  async list({ split, file }: PatchSource): Promise<ListedFile[]> {
    if (file === null) return this.batchFiles(split === null ? SPLITS : [split])
    return [{ path: this.filePath(file), ref: { split: 'train', batch: 0, file } }]
  }

  private get open(): SampleProject {
    if (this.project !== null) return this.project
    throw new StudioError('not-ready', 'No project is open.', { hint: 'Open a project first.' })
  }

  private filePath(file: SampleFileKey): string {
    if (file === 'train' || file === 'test') return this.open.paths.dataset(file)
    const path = this.opened.get(file)
    if (path !== undefined) return path
    throw new StudioError('input-missing', 'The file is not open any more.', { hint: 'Open it again.' })
  }

  private async batchFiles(splits: readonly Split[]): Promise<ListedFile[]> {
    const { paths, batchSize } = this.open
    const size = batchSize()
    const lists = await Promise.all(
      splits.map(async (split) => {
        const names = await readdir(paths.batchFolder(split)).catch(() => [])
        return names
          .flatMap((name) => {
            const match = /^batch_(\d+)_(\d+)\.h5$/.exec(name)
            return match !== null && Number(match[1]) === size ? [Number(match[2])] : []
          })
          .sort((a, b) => a - b)
          .map((batch) => ({ path: paths.batch(split, size, batch), ref: { split, batch } }))
      }),
    )
    return lists.flat()
  }
}
