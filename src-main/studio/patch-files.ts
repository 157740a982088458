import { readdir } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { GridSample, OpenedFile } from '../../src-shared/api/contract'
import type { SampleFileKey, SampleRef } from '../../src-shared/api/run-state'
import { cancelledError, StudioError, type SerializedError } from '../../src-shared/errors/studio-error'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import type { GeotiffLayers, PatchGeotiff } from '../../src-shared/patches/geotiff-layers'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import type { RowChoice } from '../../src-shared/patches/patch-filters'
import type { PatchMeasured } from '../../src-shared/patches/patch-measure'
import type { PatchListRequest } from '../../src-shared/patches/patch-list'
import type { Preset, Stretch } from '../../src-shared/patches/presets'
import { fingerprint } from '../project/fingerprint'
import type { ProjectPaths } from '../project/project-paths'
import { PooledWorker } from '../workers/pooled-worker'
import type { SpawnWorker } from '../workers/worker-port'

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

/** Whose samples are looked at: those of a file, else those of the batches of a split, or of both. */
export interface PatchSource {
  split: Split | null
  file: SampleFileKey | null
  /** The project's batch size; files of another size are of other settings. */
  size: number
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

/** Thumbnails that were asked for while others are made are made together, so many of one file at most. */
const TOGETHER = 100

/** Pictures of one file that are asked for. */
interface WantedOfFile {
  file: string
  partly: boolean
  preset: Preset
  stretch: Stretch
  pictures: Wanted[]
}

/** A file of a list, and how its samples are named but for the row. */
interface ListedFile {
  path: string
  ref: Omit<SampleRef, 'row'>
}

interface Wanted {
  row: number
  signal: AbortSignal
  resolve: (png: Uint8Array) => void
  reject: (error: unknown) => void
}

/**
 * The samples of the open project's batches, of its datasets and of files opened alone, as lists and pictures made in a
 * process of their own.
 */
export class PatchFiles {
  private readonly worker: PooledWorker
  private readonly stop = new AbortController()
  private readonly wanted = new Map<string, WantedOfFile>()
  /** Paths of the files that were opened alone, by their keys. */
  private readonly opened = new Map<SampleFileKey, string>()
  private drawing = false
  /** When a picture was asked for last, of performance.now(). */
  private wished = -Infinity

  constructor(
    spawn: SpawnWorker,
    private readonly paths: ProjectPaths,
  ) {
    this.worker = new PooledWorker(spawn)
  }

  /** Starts the process that makes pictures, which takes a second or so on a busy machine. */
  warm(): void {
    this.worker.warm()
  }

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
    const listed = await this.listedFiles(source)
    const refs = new Map(listed.map(({ path, ref }) => [path, ref] as const))
    const inFile = ({ row, ...ref }: SampleRef): { file: string; row: number } => ({
      file: this.pathOf({ row, ...ref }, source.size),
      row,
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
    const files = (await this.listedFiles(source)).map(({ path }) => path)
    const request = { files, partly: source.file !== null, budget: MEASURE_MS }
    return this.worker.run('patch-measure', request, this.listener(signal))
  }

  /** Everything about one sample. @throws StudioError as the job; `input-missing` where there is no such file */
  detail(sample: SampleRef, size: number): Promise<PatchDetail> {
    const { row } = sample
    const request = { file: this.pathOf(sample, size), row, partly: sample.file !== undefined }
    return this.worker.run('patch-detail', request, { signal: this.stop.signal })
  }

  /** One sample as a GeoTIFF file. @throws StudioError as the job */
  geotiff(sample: SampleRef, size: number, layers: GeotiffLayers): Promise<PatchGeotiff> {
    const partly = sample.file !== undefined
    const input = { file: this.pathOf(sample, size), row: sample.row, layers, partly }
    return this.worker.run('patch-geotiff', input, { signal: this.stop.signal })
  }

  /**
   * A PNG of 32 x 32 pixels. Those of one file that are asked for at the same time are read together.
   * @param signal a picture that is no longer wanted is not drawn
   */
  thumbnail(
    sample: SampleRef,
    size: number,
    preset: Preset,
    stretch: Stretch,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const file = this.pathOf(sample, size)
    const partly = sample.file !== undefined
    this.wished = performance.now()
    const key = JSON.stringify([file, partly, preset, stretch])
    return new Promise((done, reject) => {
      const same = this.wanted.get(key) ?? { file, partly, preset, stretch, pictures: [] }
      same.pictures.push({ row: sample.row, signal, resolve: done, reject })
      this.wanted.set(key, same)
      if (this.drawing) return
      this.drawing = true
      setImmediate(() => void this.drawAll())
    })
  }

  close(): void {
    this.stop.abort()
    this.worker.close()
  }

  /** Draws what is asked for file by file, those first that were asked for first. */
  private async drawAll(): Promise<void> {
    while (this.wanted.size > 0) {
      const [[key, { pictures, ...what }]] = this.wanted
      const some = pictures.splice(0, TOGETHER)
      if (pictures.length === 0) this.wanted.delete(key)
      await this.draw(what, some)
    }
    this.drawing = false
  }

  private async draw(what: Omit<WantedOfFile, 'pictures'>, some: readonly Wanted[]): Promise<void> {
    const pictures = some.filter(({ signal }) => !signal.aborted)
    for (const { signal, reject } of some) if (signal.aborted) reject(cancelledError())
    if (pictures.length === 0) return
    try {
      const rows = pictures.map(({ row }) => row)
      const listener = { signal: this.stop.signal }
      const { images, faults } = await this.worker.run('patch-thumbnails', { ...what, rows }, listener)
      for (const [index, { row, resolve, reject }] of pictures.entries()) {
        const image = images[index]
        if (image !== null) resolve(image)
        else reject(faultOf(what.file, row, faults.find((fault) => fault.row === row)?.error))
      }
    } catch (thrown) {
      for (const { reject } of pictures) reject(thrown)
    }
  }

  /** Waits until no pictures are asked for, as while somebody scrolls. */
  private async quiet(): Promise<void> {
    const patience = performance.now() + PATIENCE_MS
    for (;;) {
      const now = performance.now()
      const rest = Math.min(this.wished + QUIET_MS, patience) - now
      if (rest <= 0) return
      await setTimeout(rest)
    }
  }

  private listener(signal: AbortSignal | undefined): { signal: AbortSignal } {
    return { signal: AbortSignal.any([this.stop.signal, ...(signal === undefined ? [] : [signal])]) }
  }

  /** Path of the file that a sample lies in. @throws StudioError `input-missing` where no such file was opened */
  private pathOf({ split, batch, file }: SampleRef, size: number): string {
    return file === undefined ? this.paths.batch(split, size, batch) : this.filePath(file)
  }

  private filePath(file: SampleFileKey): string {
    if (file === 'train' || file === 'test') return this.paths.dataset(file)
    const path = this.opened.get(file)
    if (path !== undefined) return path
    throw new StudioError('input-missing', 'The file is not open any more.', { hint: 'Open it again.' })
  }

  private async listedFiles({ split, file, size }: PatchSource): Promise<ListedFile[]> {
    if (file === null) return this.batchFiles(split === null ? SPLITS : [split], size)
    return [{ path: this.filePath(file), ref: { split: 'train', batch: 0, file } }]
  }

  private async batchFiles(splits: readonly Split[], size: number): Promise<ListedFile[]> {
    const lists = await Promise.all(
      splits.map(async (split) => {
        const names = await readdir(this.paths.batchFolder(split)).catch(() => [])
        return names
          .flatMap((name) => {
            const match = /^batch_(\d+)_(\d+)\.h5$/.exec(name)
            return match !== null && Number(match[1]) === size ? [Number(match[2])] : []
          })
          .sort((a, b) => a - b)
          .map((batch) => ({ path: this.paths.batch(split, size, batch), ref: { split, batch } }))
      }),
    )
    return lists.flat()
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

function faultOf(file: string, row: number, error: SerializedError | undefined): StudioError {
  if (error !== undefined) return StudioError.fromJSON(error)
  return new StudioError('hdf5-read', `Sample ${row} cannot be shown.`, {
    file,
    hint: 'Delete the batch file and run again; it is cut anew.',
  })
}
