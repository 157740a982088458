import { z } from 'zod'
import { DATASETS } from '../../src-shared/dataset/datasets'
import { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import { openHdf5, type Hdf5Reader } from '../hdf5/file-reader'
import { slopeUnitOf } from '../hdf5/slope-unit'
import { inspectStructure } from '../hdf5/structure'
import { heldDatasets, type HeldDatasets } from './held-datasets'

export type { HeldDataset } from './held-datasets'

/** Problems of the structure that an error names. */
const MOST_PROBLEMS = 3

/** A file of samples that is open. */
export interface SampleFile extends HeldDatasets {
  reader: Hdf5Reader
  slopeUnit: '%' | '°'
  /** As the file says; null where it does not. */
  split: Split | null
  /** See FileVersion. */
  version: string
}

/**
 * Opens a file of samples, whatever program wrote it, as long as there is one of the documented datasets in it.
 * @throws StudioError `hdf5-open`, `hdf5-read`; `dataset-invalid` when there is none
 */
export async function openSampleFile(path: string, version: string): Promise<SampleFile> {
  const reader = await openHdf5(path)
  try {
    const file = sampleFileOf(reader, version)
    if (file.datasets.size === 0) throw foreign(path, inspectStructure(reader).problems)
    return file
  } catch (error) {
    reader.close()
    throw error
  }
}

/** An open file as a file of samples, whatever it lacks. @throws StudioError `hdf5-read` */
export function sampleFileOf(reader: Hdf5Reader, version = ''): SampleFile {
  const held = heldDatasets(reader)
  return { reader, ...held, slopeUnit: slopeUnitOf(reader), split: splitOf(reader), version }
}

/**
 * Batch files of a project have to be whole. Strings may have any length, and datasets beyond the 17 are let be.
 * @throws StudioError `dataset-invalid` when the file has another structure than this program writes
 */
export function requireWhole({ reader, samples }: SampleFile): void {
  const { readable, problems } = inspectStructure(reader)
  const whole =
    readable.size === DATASETS.length && [...readable.values()].every((count) => count === samples)
  if (!whole) throw foreign(reader.path, problems)
}

const splitSchema = z.enum(SPLITS).nullable().catch(null)

function splitOf(reader: Hdf5Reader): Split | null {
  return splitSchema.parse(reader.attribute('/', 'split') ?? null)
}

/** @throws StudioError `dataset-invalid` when the file has no such row */
export function requireRow(file: SampleFile, row: number): void {
  if (row < file.samples) return
  throw new StudioError('dataset-invalid', `There is no sample ${row}; the file has ${file.samples}.`, {
    file: file.reader.path,
    hint: 'The file was made anew since the samples were listed; list them again.',
    context: { row, samples: file.samples },
  })
}

function foreign(path: string, problems: readonly string[]): StudioError {
  const first = problems.slice(0, MOST_PROBLEMS).join('; ')
  const more = problems.length > MOST_PROBLEMS ? `; and ${problems.length - MOST_PROBLEMS} more` : ''
  return new StudioError('dataset-invalid', `The file is no batch or dataset file: ${first}${more}.`, {
    file: path,
    hint: 'Choose a file of samples, with at least one of the 17 datasets in its group "data".',
  })
}
