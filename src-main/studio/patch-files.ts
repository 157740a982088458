import { setTimeout } from 'node:timers/promises'
import type { GridSample } from '../../src-shared/api/contract'
import type { OpenedFile } from '../../src-shared/api/opened-file'
import type { SampleRef } from '../../src-shared/api/run-state'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import type { GeotiffLayers, PatchGeotiff } from '../../src-shared/patches/geotiff-layers'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import type { RowChoice } from '../../src-shared/patches/patch-filters'
import type { PatchMeasured } from '../../src-shared/patches/patch-measure'
import type { PatchListRequest } from '../../src-shared/patches/patch-list'
import type { Preset, Stretch } from '../../src-shared/patches/presets'
import { fingerprint } from '../project/fingerprint'
import { PooledWorker } from '../workers/pooled-worker'
import type { SpawnWorker } from '../workers/worker-port'
import { PictureQueue } from './picture-queue'
import { SampleSources, type PatchSource, type SampleProject } from './sample-sources'

/** A page of the patch grid. */
export interface PatchPageAnswer {
  total: number
  of: number
  samples: GridSample[]
  /** Places of the samples that were looked for; null for those that are gone. */
  found: (number | null)[]
  faults: SerializedError[]
  missing: string[]
  version: string
}

/** Milliseconds that suspects are looked for at a time: so long pictures have to wait. */
const MEASURE_MS = 60
/** Milliseconds without a wish for a picture after which suspects are looked for, and how long that may be put off. */
const QUIET_MS = 250
const PATIENCE_MS = 5000

/** What is asked of a page: order, filters, part, and samples that are looked for. */
export type PatchPageRequest = Omit<PatchListRequest, 'files' | 'find' | 'rows' | 'partly'> & {
  find: SampleRef[]
}

/** Whether a sample is left in a list by something beside the files, such as the marks of a review. */
export interface SampleChoice {
  /** Whether only the named samples are shown; all others otherwise. */
  keep: boolean
  samples: readonly SampleRef[]
}

/**
 * The samples of a project's batches, of its datasets and of files opened alone, as lists and pictures made in a process
 * of their own. Nothing is written.
 */
export class PatchFiles {
  private readonly worker: PooledWorker
  private readonly stop = new AbortController()
  private readonly sources: SampleSources
  private readonly pictures: PictureQueue
  /** Pictures that are being drawn, and when the last one was, of performance.now(). */
  private drawing = 0
  private drawn = -Infinity

  /** @param project null where there are only files that are opened alone */
  constructor(spawn: SpawnWorker, project: SampleProject | null) {
    this.worker = new PooledWorker(spawn)
    this.sources = new SampleSources(project)
    this.pictures = new PictureQueue(this.worker, this.stop.signal)
  }

  /** Starts the process that makes pictures, which takes a second or so on a busy machine. */
  warm(): void {
    this.worker.warm()
  }

  /** Takes a file that people chose, so that its samples can be listed. */
  openFile(path: string): OpenedFile {
    return this.sources.openFile(path)
  }

  /**
   * A page of the samples of a source, and the places of the samples of `find` in it.
   * @param choice samples that are shown, or are not, for reasons that are not in the files
   */
  async list(
    source: PatchSource,
    { find, ...page }: PatchPageRequest,
    signal?: AbortSignal,
    choice: SampleChoice | null = null,
  ): Promise<PatchPageAnswer> {
    const listed = await this.sources.list(source)
    const refs = new Map(listed.map(({ path, ref }) => [path, ref] as const))
    const inFile = (sample: SampleRef): { file: string; row: number } => ({
      file: this.sources.pathOf(sample),
      row: sample.row,
    })
    const request = {
      ...page,
      files: [...refs.keys()],
      find: find.map(inFile),
      rows: choice === null ? null : rowChoice(choice.keep, choice.samples.map(inFile)),
      partly: source.file !== null,
    }
    const answer = await this.worker.run('patch-list', request, this.listener(signal))
    const files = new Map(answer.files.map((file) => [file.file, file] as const))
    return {
      total: answer.total,
      of: answer.of,
      samples: answer.samples.flatMap(({ file, ...sample }) => {
        const ref = refs.get(file)
        const known = files.get(file)
        if (ref === undefined || known === undefined) return []
        const inSplit = ref.file === undefined ? ref.split : known.split
        return [{ ...sample, ...ref, inSplit, version: known.version }]
      }),
      found: answer.found,
      faults: answer.faults,
      missing: source.file === null ? [] : answer.files.flatMap(({ missing }) => missing),
      version: fingerprint(answer.files).slice(0, 16),
    }
  }

  /** Looks for suspects in some more samples of a source, and says how far that is. */
  async measure(source: PatchSource, signal?: AbortSignal): Promise<PatchMeasured> {
    await this.quiet()
    const files = (await this.sources.list(source)).map(({ path }) => path)
    const request = { files, partly: source.file !== null, budget: MEASURE_MS }
    return this.worker.run('patch-measure', request, this.listener(signal))
  }

  /** Everything about one sample. @throws StudioError as the job; `input-missing` where there is no such file */
  async detail(sample: SampleRef): Promise<PatchDetail> {
    const { row } = sample
    const request = { file: this.sources.pathOf(sample), row, partly: sample.file !== undefined }
    return this.worker.run('patch-detail', request, { signal: this.stop.signal })
  }

  /** One sample as a GeoTIFF file. @throws StudioError as the job */
  async geotiff(sample: SampleRef, layers: GeotiffLayers): Promise<PatchGeotiff> {
    const partly = sample.file !== undefined
    const input = { file: this.sources.pathOf(sample), row: sample.row, layers, partly }
    return this.worker.run('patch-geotiff', input, { signal: this.stop.signal })
  }

  /**
   * A PNG of 32 x 32 pixels. Those of one file that are asked for at the same time are read together.
   * @param signal a picture that is no longer wanted is not drawn
   */
  async thumbnail(
    sample: SampleRef,
    preset: Preset,
    stretch: Stretch,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const look = { file: this.sources.pathOf(sample), partly: sample.file !== undefined, preset, stretch }
    this.drawing++
    try {
      return await this.pictures.draw(look, sample.row, signal)
    } finally {
      this.drawing--
      this.drawn = performance.now()
    }
  }

  close(): void {
    this.stop.abort()
    this.worker.close()
  }

  /** Waits until no pictures have been drawn for a while, as they are while somebody scrolls. */
  private async quiet(): Promise<void> {
    const patience = performance.now() + PATIENCE_MS
    for (;;) {
      const now = performance.now()
      const last = this.drawing > 0 ? now : this.drawn
      const rest = Math.min(last + QUIET_MS, patience) - now
      if (rest <= 0) return
      await setTimeout(rest)
    }
  }

  private listener(signal: AbortSignal | undefined): { signal: AbortSignal } {
    return { signal: AbortSignal.any([this.stop.signal, ...(signal === undefined ? [] : [signal])]) }
  }
}

function rowChoice(keep: boolean, samples: readonly { file: string; row: number }[]): RowChoice {
  const byFile = new Map<string, number[]>()
  for (const { file, row } of samples) {
    const rows = byFile.get(file)
    if (rows === undefined) byFile.set(file, [row])
    else rows.push(row)
  }
  return { keep, rows: [...byFile].map(([file, rows]) => ({ file, rows })) }
}
