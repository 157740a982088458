import { rmSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { StudioError } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import { finishFile, partPath } from '../files/durable-file'
import { ALL_DATASETS } from '../hdf5/dataset-choice'
import { withHdf5 } from '../hdf5/file-reader'
import { pause } from '../hdf5/pause'
import { RawFormatError } from '../hdf5/raw-file'
import type { SamplesFileOptions } from '../hdf5/samples-file'
import { StoredSamples } from '../hdf5/stored-samples'
import { inspectStructure } from '../hdf5/structure'
import type { JobContext } from '../process/context'
import { checkFused, type Verification } from './check-fused'
import { convertPart } from './convert-part'
import { copySamples } from './copy-samples'
import { subsetOrder, unfit, type FusePart } from './fuse-order'
import { FusedFile } from './fused-file'
import { changed, gatherPart, type Gathered } from './gather-part'
import { PartFiles } from './part-files'
import { requireSpace } from './require-space'
import { RecordLayout } from './record-layout'
import { SampleRecords } from './sample-records'

export interface FuseOptions extends SamplesFileOptions {
  /** How much of the result is read again. */
  verification: Verification
}

/**
 * Joins batch files into one file, with all samples in ascending order of their indices. Image chunks are copied as they
 * are stored; parts in another layout are converted first, into temporary files beside the output. The result is read
 * again before it gets its name. Memory is bounded by two blocks of 1000 samples and some numbers a sample; what else is
 * to be kept of a sample, about 1.5 kB, passes through a temporary file where there are many. Progress counts samples.
 * Same parts and options, same bytes.
 * @returns the number of samples
 * @throws StudioError `dataset-invalid` when a part is damaged, has another structure or not as many samples as
 *   indices, or when an index occurs twice; `hdf5-write`, `disk-full`, `cancelled`. No file is left behind then.
 */
export async function fuseSamples(
  parts: readonly FusePart[],
  output: string,
  options: FuseOptions,
  ctx: JobContext,
): Promise<{ samples: number }> {
  const ranks = subsetOrder(parts)
  const count = ranks.reduce((sum, { length }) => sum + length, 0)
  const layout = new RecordLayout(options.choice ?? ALL_DATASETS)
  await requireSpace(output, await sizesOf(parts), count * layout.bytes)
  ctx.progress(0, count)
  const part = partPath(output)
  const fused = await FusedFile.create(part, options, count)
  const temporary = new TemporaryFiles(output)
  let files: PartFiles | null = null
  try {
    const records = temporary.records(count, layout.bytes)
    const checksums = { images: new Uint32Array(count), columns: new Uint32Array(count) }
    const gathered: Gathered = { layout, records, checksums }
    const paths: string[] = []
    for (const [number, one] of parts.entries()) {
      await pause(ctx.signal)
      const { file, checksums } = await openPart(one, number, fused, temporary, options, ctx)
      try {
        paths.push(file.path)
        gatherPart({ number, path: one.path, file, checksums, ranks: ranks[number] }, gathered)
      } finally {
        file.close()
      }
    }
    files = new PartFiles(paths)
    const blame = (number: number, rank: number): Error =>
      changed(parts[number].path, ranks[number].indexOf(rank))
    await copySamples(gathered, files, fused, { count, compression: options.compression, blame }, ctx)
    await fused.finish()
    await finishFile(output, () =>
      checkFused(part, fused.choice, checksums, options.verification, ctx.signal),
    )
  } catch (error) {
    await fused.discard()
    throw error
  } finally {
    files?.close()
    temporary.remove()
  }
  return { samples: count }
}

/** Opens a part to copy from; one in another layout is converted first. */
async function openPart(
  { path, indices, checksums }: FusePart,
  number: number,
  fused: FusedFile,
  temporary: TemporaryFiles,
  options: FuseOptions,
  ctx: JobContext,
): Promise<{ file: StoredSamples; checksums: FusePart['checksums'] }> {
  const own = openStored(path, fused)
  if (own !== null) {
    if (own.samples === indices.length) return { file: own, checksums }
    own.close()
    throw otherCount(path, own.samples, indices.length)
  }
  const converted = temporary.converted(number)
  await ofPart(path, () =>
    withHdf5(path, async (file) => {
      const { samples, problems } = inspectStructure(file)
      if (problems.length > 0)
        throw unfit(path, `The batch file has another structure: ${problems.join('; ')}.`)
      if (samples !== indices.length) throw otherCount(path, samples, indices.length)
      await convertPart(file, path, samples, converted, { ...options, choice: fused.choice }, ctx)
    }),
  )
  return { file: new StoredSamples(converted, fused.choice), checksums: null }
}

/** A part whose chunks can be copied as they are; null for any other. */
function openStored(path: string, { skeleton, choice }: FusedFile): StoredSamples | null {
  try {
    const file = new StoredSamples(path, choice)
    if (file.isWhole() && file.hasFormOf(skeleton)) return file
    file.close()
    return null
  } catch (error) {
    // Whatever is wrong, libhdf5 has the last word, or says what it is.
    if (error instanceof RawFormatError || (error instanceof Error && 'syscall' in error)) return null
    throw error
  }
}

/** Turns failures to read a part into an error that says what to do about a batch file. */
async function ofPart<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const isHere = error instanceof StudioError && error.file === path
    const unreadable = isHere && (error.tag === 'hdf5-open' || error.tag === 'hdf5-read')
    throw unreadable ? unfit(path, error.message, error) : error
  }
}

function otherCount(path: string, samples: number, expected: number): StudioError {
  return unfit(path, `The batch file has ${counted(samples, 'sample')}, its record ${expected}.`)
}

async function sizesOf(parts: readonly FusePart[]): Promise<number> {
  const sizes = await Promise.all(
    parts.map(({ path }) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** The temporary files of a fuse, beside its output. */
class TemporaryFiles {
  private readonly paths: string[] = []
  private store: SampleRecords | null = null

  constructor(private readonly output: string) {}

  records(count: number, bytes: number): SampleRecords {
    this.store = new SampleRecords(`${this.output}.records.part`, count, bytes)
    return this.store
  }

  converted(number: number): string {
    const path = `${this.output}.converted-${number}.part`
    this.paths.push(path)
    return path
  }

  remove(): void {
    this.store?.remove()
    for (const path of this.paths) rmSync(path, { force: true })
  }
}
