import { StudioError } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import { DATA_GROUP } from '../../src-shared/dataset/datasets'
import type { DatasetChoice } from '../hdf5/dataset-choice'
import { RawFormatError } from '../hdf5/raw-file'
import type { SamplesFileOptions } from '../hdf5/samples-file'
import { StoredSamples } from '../hdf5/stored-samples'
import { inspectStructure } from '../hdf5/structure'
import type { JobContext } from '../process/context'
import { convertPart } from './convert-part'
import { unfit, type FusePart } from './fuse-order'
import type { TemporaryFiles } from './temporary-files'
import { withReadable } from './without-lzf'

/** A part with a file in the layout from which chunks can be copied. */
export interface CopyablePart {
  /** The part's own file, to name where something is wrong with it. */
  path: string
  /** The file to copy from: its own, or what it was converted to. */
  copyFrom: string
  checksums: FusePart['checksums']
}

/**
 * Makes sure that a part can be copied from: its own file where types, chunks and filters are those of the result, else a
 * file that it is converted to.
 * @param skeleton the result, still without chunks
 * @throws StudioError `dataset-invalid` where the part is missing, damaged, or holds something else; as convertPart
 */
export async function makeCopyable(
  { path, indices, checksums }: FusePart,
  skeleton: StoredSamples,
  temporary: TemporaryFiles,
  options: SamplesFileOptions,
  ctx: JobContext,
): Promise<CopyablePart> {
  const { choice } = skeleton
  const own = samplesOfOwn(path, skeleton)
  if (own !== null) {
    if (own !== indices.length) throw otherCount(path, own, indices.length)
    return { path, copyFrom: path, checksums }
  }
  const copyFrom = temporary.file('converted')
  try {
    await withReadable(path, DATA_GROUP, temporary.file('readable'), async (file) => {
      const { samples, readable, problems } = inspectStructure(file, { foreign: true })
      const faults = [...problems, ...missing(choice, readable)]
      if (faults.length > 0) throw unfit(path, `The batch file has another structure: ${faults.join('; ')}.`)
      if (samples !== indices.length) throw otherCount(path, samples, indices.length)
      await convertPart(file, path, samples, copyFrom, { ...options, choice }, ctx)
    })
  } catch (error) {
    const unreadable = error instanceof StudioError && ['hdf5-open', 'hdf5-read'].includes(error.tag)
    throw unreadable ? unfit(path, error.message, error) : error
  }
  return { path, copyFrom, checksums: null }
}

function missing(choice: DatasetChoice, readable: ReadonlyMap<string, number>): string[] {
  return choice.specs.filter(({ name }) => !readable.has(name)).map(({ name }) => `${name}: is missing`)
}

/** The number of samples of a file whose chunks can be copied as they are; null for any other. */
function samplesOfOwn(path: string, skeleton: StoredSamples): number | null {
  try {
    const file = new StoredSamples(path, skeleton.choice)
    try {
      return file.isWhole() && file.hasFormOf(skeleton) ? file.samples : null
    } finally {
      file.close()
    }
  } catch (error) {
    // Whatever is wrong, libhdf5 has the last word, or says what it is.
    if (error instanceof RawFormatError || (error instanceof Error && 'syscall' in error)) return null
    throw error
  }
}

function otherCount(path: string, samples: number, expected: number): StudioError {
  return unfit(path, `The batch file has ${counted(samples, 'sample')}, its record ${expected}.`)
}
