import { readdir } from 'node:fs/promises'
import type { GridSample } from '../../src-shared/api/contract'
import type { SampleRef } from '../../src-shared/api/run-state'
import { cancelledError, StudioError, type SerializedError } from '../../src-shared/errors/studio-error'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import type { GeotiffLayers, PatchGeotiff } from '../../src-shared/patches/geotiff-layers'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import type { PatchListRequest } from '../../src-shared/patches/patch-list'
import type { Preset, Stretch } from '../../src-shared/patches/presets'
import { fingerprint } from '../project/fingerprint'
import type { ProjectPaths } from '../project/project-paths'
import { PooledWorker } from '../workers/pooled-worker'
import type { SpawnWorker } from '../workers/worker-port'

/** A page of the patch grid. */
export interface PatchPageAnswer {
  total: number
  samples: GridSample[]
  /** Places of the samples that were looked for; null for those that are gone. */
  found: (number | null)[]
  faults: SerializedError[]
  version: string
}

/** The answer while no batch is finished. */
const NO_SAMPLES = { total: 0, samples: [], faults: [], version: '' }

/** Thumbnails that were asked for while others are made are made together, so many of one file at most. */
const TOGETHER = 100

/** Pictures of one file that are asked for. */
interface WantedOfFile {
  file: string
  preset: Preset
  stretch: Stretch
  pictures: Wanted[]
}

interface Wanted {
  row: number
  signal: AbortSignal
  resolve: (png: Uint8Array) => void
  reject: (error: unknown) => void
}

/** The finished batches of the open project as a list of samples and their pictures, made in a process of their own. */
export class PatchFiles {
  private readonly worker: PooledWorker
  private readonly stop = new AbortController()
  private readonly wanted = new Map<string, WantedOfFile>()
  private drawing = false

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

  /**
   * A page of the samples of a split, or of both, and the places of the samples of `find` in it.
   * @param size the project's batch size; files of another size are of other settings
   */
  async list(
    split: Split | null,
    size: number,
    { find, ...page }: Omit<PatchListRequest, 'files' | 'find'> & { find: SampleRef[] },
    signal?: AbortSignal,
  ): Promise<PatchPageAnswer> {
    const batches = await this.batchFiles(split === null ? SPLITS : [split], size)
    if (batches.length === 0) return { ...NO_SAMPLES, found: find.map(() => null) }
    const refs = new Map(batches.map(({ path, split: of, batch }) => [path, { split: of, batch }] as const))
    const listener = {
      signal: AbortSignal.any([this.stop.signal, ...(signal === undefined ? [] : [signal])]),
    }
    const wanted = find.map((ref) => ({ file: this.paths.batch(ref.split, size, ref.batch), row: ref.row }))
    const request = { ...page, files: [...refs.keys()], find: wanted }
    const answer = await this.worker.run('patch-list', request, listener)
    const versions = new Map(answer.files.map(({ file, version }) => [file, version] as const))
    return {
      total: answer.total,
      samples: answer.samples.flatMap(({ file, ...sample }) => {
        const ref = refs.get(file)
        return ref === undefined ? [] : [{ ...sample, ...ref, version: versions.get(file) ?? '' }]
      }),
      found: answer.found,
      faults: answer.faults,
      version: fingerprint(answer.files).slice(0, 16),
    }
  }

  /** Everything about one sample. @throws StudioError as the job; `input-missing` where there is no such batch */
  detail({ split, batch, row }: SampleRef, size: number): Promise<PatchDetail> {
    const file = this.paths.batch(split, size, batch)
    return this.worker.run('patch-detail', { file, row }, { signal: this.stop.signal })
  }

  /** One sample as a GeoTIFF file. @throws StudioError as the job */
  geotiff({ split, batch, row }: SampleRef, size: number, layers: GeotiffLayers): Promise<PatchGeotiff> {
    const file = this.paths.batch(split, size, batch)
    return this.worker.run('patch-geotiff', { file, row, layers }, { signal: this.stop.signal })
  }

  /**
   * A PNG of 32 x 32 pixels. Those of one file that are asked for at the same time are read together.
   * @param signal a picture that is no longer wanted is not drawn
   */
  thumbnail(
    { split, batch, row }: SampleRef,
    size: number,
    preset: Preset,
    stretch: Stretch,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const file = this.paths.batch(split, size, batch)
    const key = JSON.stringify([file, preset, stretch])
    return new Promise((resolve, reject) => {
      const same = this.wanted.get(key) ?? { file, preset, stretch, pictures: [] }
      same.pictures.push({ row, signal, resolve, reject })
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

  private async batchFiles(
    splits: readonly Split[],
    size: number,
  ): Promise<{ path: string; split: Split; batch: number }[]> {
    const lists = await Promise.all(
      splits.map(async (split) => {
        const names = await readdir(this.paths.batchFolder(split)).catch(() => [])
        return names
          .flatMap((name) => {
            const match = /^batch_(\d+)_(\d+)\.h5$/.exec(name)
            return match !== null && Number(match[1]) === size ? [Number(match[2])] : []
          })
          .sort((a, b) => a - b)
          .map((batch) => ({ path: this.paths.batch(split, size, batch), split, batch }))
      }),
    )
    return lists.flat()
  }
}

function faultOf(file: string, row: number, error: SerializedError | undefined): StudioError {
  if (error !== undefined) return StudioError.fromJSON(error)
  return new StudioError('hdf5-read', `Sample ${row} cannot be shown.`, {
    file,
    hint: 'Delete the batch file and run again; it is cut anew.',
  })
}
