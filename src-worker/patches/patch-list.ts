import type { SerializedError } from '../../src-shared/errors/studio-error'
import type {
  NewestPatches,
  NewestPatchesRequest,
  PatchListRequest,
  PatchPage,
  PatchSample,
} from '../../src-shared/patches/patch-list'
import type { JobContext } from '../process/context'
import { fileVersion } from './file-version'
import { KnownFiles, type KnownFile } from './known-files'
import { lastSamples, positionOf, samplesAt } from './listed-samples'
import { FileFault, SampleBlocks } from './sample-blocks'
import type { SampleFiles } from './sample-files'
import { sortedPositions } from './sample-order'
import { readSortKeys } from './sort-keys'

/**
 * An order of the samples of several files. A position counts through all files, one after the other; a place counts
 * through the order.
 */
interface SampleOrder {
  positionAt: (place: number) => number
  placeOf: (position: number) => number
}

/** Lists the samples of batch and dataset files in pages. */
export class PatchList {
  private readonly known: KnownFiles
  private readonly blocks: SampleBlocks
  private lastOrder: { of: string; positions: Uint32Array } | null = null

  constructor(files: SampleFiles) {
    this.known = new KnownFiles(files)
    this.blocks = new SampleBlocks(files)
  }

  /**
   * A page of the samples of several files. Files that cannot be read are named and left out. Progress counts the
   * samples that are read to put them in order.
   * @throws StudioError `cancelled`
   */
  async page(request: PatchListRequest, ctx: JobContext): Promise<PatchPage> {
    const faults = new Map<string, SerializedError>()
    for (;;) {
      const files = await this.readable(request.files, faults)
      try {
        const total = files.reduce((sum, { samples }) => sum + samples, 0)
        const order = await this.orderOf(files, total, request, ctx)
        const { offset, limit, find } = request
        const length = Math.max(0, Math.min(limit, total - offset))
        const positions = Uint32Array.from({ length }, (_, k) => order.positionAt(offset + k))
        const samples = await samplesAt(this.blocks, files, positions, ctx.signal)
        const found = find.map((sample) => {
          const position = positionOf(files, sample)
          return position === null ? null : order.placeOf(position)
        })
        return { total, samples, found, files, faults: [...faults.values()] }
      } catch (error) {
        if (!(error instanceof FileFault)) throw error
        this.known.fail(error.file, error.fault)
        faults.set(error.file.file, error.fault.toJSON())
      }
    }
  }

  /**
   * The newest samples: those of the files written last, the last of a file first. Files that cannot be read are
   * passed over.
   * @throws StudioError `cancelled`
   */
  async newest({ files, limit }: NewestPatchesRequest, signal: AbortSignal): Promise<NewestPatches> {
    const samples: PatchSample[] = []
    for (const path of await newestFirst(files)) {
      if (samples.length === limit) break
      const file = await this.known.lookUp(path)
      if ('fault' in file) continue
      const count = Math.min(limit - samples.length, file.samples)
      try {
        samples.push(...(await lastSamples(this.blocks, file, count, signal)))
      } catch (error) {
        if (!(error instanceof FileFault)) throw error
        this.known.fail(error.file, error.fault)
      }
    }
    return { samples }
  }

  /** The files that can be read. Why others cannot goes into `faults`; those that are in there already stay out. */
  private async readable(
    paths: readonly string[],
    faults: Map<string, SerializedError>,
  ): Promise<KnownFile[]> {
    const asked = paths.filter((path) => !faults.has(path))
    const found = await Promise.all(asked.map((path) => this.known.lookUp(path)))
    return found.flatMap((file, k) => {
      if (!('fault' in file)) return [file]
      faults.set(asked[k], file.fault)
      return []
    })
  }

  /** The order that a request asks for; the one asked for last is kept. */
  private async orderOf(
    files: readonly KnownFile[],
    total: number,
    { order, descending }: PatchListRequest,
    ctx: JobContext,
  ): Promise<SampleOrder> {
    if (order === 'file') {
      const turned = (place: number): number => (descending ? total - 1 - place : place)
      return { positionAt: turned, placeOf: turned }
    }
    const of = JSON.stringify([order, descending, files])
    if (this.lastOrder?.of !== of) {
      const keys = await readSortKeys(this.blocks, files, order, ctx)
      this.lastOrder = { of, positions: sortedPositions(keys, descending) }
    }
    const { positions } = this.lastOrder
    return { positionAt: (place) => positions[place], placeOf: (position) => positions.indexOf(position) }
  }
}

/** Files in the order of their last change, newest first; of those changed at once the one named last first. */
async function newestFirst(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path, k) => {
      const version = await fileVersion(path).catch(() => null)
      return version === null ? [] : [{ path, k, modified: version.modified }]
    }),
  )
  return found
    .flat()
    .sort((a, b) => b.modified - a.modified || b.k - a.k)
    .map(({ path }) => path)
}
