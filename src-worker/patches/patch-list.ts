import type { SerializedError } from '../../src-shared/errors/studio-error'
import type {
  NewestPatches,
  NewestPatchesRequest,
  PatchListRequest,
  PatchPage,
  PatchSample,
} from '../../src-shared/patches/patch-list'
import type { PatchMeasured, PatchMeasureRequest } from '../../src-shared/patches/patch-measure'
import type { JobContext } from '../process/context'
import { fileVersion } from './file-version'
import { finiteNumber } from './finite-number'
import { KnownFiles, type KnownFile } from './known-files'
import { lastSamples, positionOf, samplesAt } from './listed-samples'
import { FileFault, SampleBlocks } from './sample-blocks'
import type { SampleFiles } from './sample-files'
import { SampleMeasures } from './sample-measures'
import { SampleSelections } from './sample-selection'
import { SuspectSamples } from './suspect-samples'

/** Lists the samples of batch and dataset files in pages. */
export class PatchList {
  private readonly known: KnownFiles
  private readonly blocks: SampleBlocks
  private readonly measures: SampleMeasures
  private readonly suspects: SuspectSamples
  private readonly selections: SampleSelections

  constructor(files: SampleFiles) {
    this.known = new KnownFiles(files)
    this.blocks = new SampleBlocks(files)
    this.measures = new SampleMeasures(files)
    this.suspects = new SuspectSamples(this.blocks, this.measures)
    this.selections = new SampleSelections(this.blocks, this.measures, this.suspects)
  }

  /**
   * A page of the samples of several files. Files that cannot be read are named and left out. Progress counts the
   * samples that are read to put them in order.
   * @throws StudioError `cancelled`
   */
  async page(request: PatchListRequest, ctx: JobContext): Promise<PatchPage> {
    return this.withReadable(request.files, request.partly, async (files, faults) => {
      const of = files.reduce((sum, { samples }) => sum + samples, 0)
      const selection = await this.selections.select(files, request, ctx)
      const { offset, limit, find } = request
      const length = Math.max(0, Math.min(limit, selection.count - offset))
      const positions = Uint32Array.from({ length }, (_, k) => selection.positionAt(offset + k))
      const samples = await samplesAt(this.blocks, files, positions, ctx.signal)
      const found = find.map((sample) => {
        const position = positionOf(files, sample)
        return position === null ? null : selection.placeOf(position)
      })
      return {
        total: selection.count,
        of,
        samples: this.judged(samples, files),
        found,
        files: files.map(({ file, samples: count, version, split, missing }) => ({
          ...{ file, samples: count, version, split, missing },
        })),
        faults,
      }
    })
  }

  /**
   * Measures for some time what is not measured yet of the samples of several files. Files that cannot be read are passed
   * over.
   * @throws StudioError `cancelled`
   */
  async measure(
    { files: paths, partly, budget }: PatchMeasureRequest,
    signal: AbortSignal,
  ): Promise<PatchMeasured> {
    const until = performance.now() + budget
    return this.withReadable(paths, partly ?? false, async (files) => {
      for (const file of files) await this.measures.measure(file, signal, until)
      const total = files.reduce((sum, { samples }) => sum + samples, 0)
      const done = files.reduce((sum, file) => sum + this.measures.done(file), 0)
      if (done < total) return { done, total, counts: null }
      await this.suspects.prepare(files, signal)
      return { done, total, counts: this.suspects.counts(files) }
    })
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
      const file = await this.known.lookUp(path, false)
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
    partly: boolean,
    faults: Map<string, SerializedError>,
  ): Promise<KnownFile[]> {
    const asked = paths.filter((path) => !faults.has(path))
    const found = await Promise.all(asked.map((path) => this.known.lookUp(path, partly)))
    return found.flatMap((file, k) => {
      if (!('fault' in file)) return [file]
      faults.set(asked[k], file.fault)
      return []
    })
  }

  /** Runs `use` on the files that can be read; anew without those that turn out to be damaged. */
  private async withReadable<T>(
    paths: readonly string[],
    partly: boolean,
    use: (files: readonly KnownFile[], faults: SerializedError[]) => Promise<T>,
  ): Promise<T> {
    const faults = new Map<string, SerializedError>()
    for (;;) {
      const files = await this.readable(paths, partly, faults)
      try {
        return await use(files, [...faults.values()])
      } catch (error) {
        if (!(error instanceof FileFault)) throw error
        this.known.fail(error.file, error.fault)
        faults.set(error.file.file, error.fault.toJSON())
      }
    }
  }

  /** The samples with what was measured of them. */
  private judged(samples: readonly PatchSample[], files: readonly KnownFile[]): PatchSample[] {
    const places = new Map<string, { file: KnownFile; start: number }>()
    let start = 0
    for (const file of files) {
      places.set(file.file, { file, start })
      start += file.samples
    }
    return samples.map((sample) => {
      const place = places.get(sample.file)
      if (place === undefined) return sample
      const { file } = place
      const position = place.start + sample.row
      const measured = this.measures.of(file, sample.row)
      return {
        ...sample,
        landCover: finiteNumber(measured?.landCover ?? null),
        suspects: this.suspects.hits(files, position, file, sample.row),
      }
    })
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
