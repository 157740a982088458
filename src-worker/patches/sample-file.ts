import { DATASETS } from '../../src-shared/dataset/datasets'
import { StudioError } from '../../src-shared/errors/studio-error'
import { openHdf5, type Hdf5Reader } from '../hdf5/file-reader'
import { slopeUnitOf } from '../hdf5/slope-unit'
import { inspectStructure } from '../hdf5/structure'

/** Problems of the structure that an error names. */
const MOST_PROBLEMS = 3

/** A batch or dataset file that is open and has the documented structure. */
export interface SampleFile {
  reader: Hdf5Reader
  samples: number
  slopeUnit: '%' | '°'
  /** See FileVersion. */
  version: string
}

/**
 * Opens a batch or dataset file. Strings may have any length, and datasets beyond the 17 are let be.
 * @throws StudioError `hdf5-open`, `hdf5-read`; `dataset-invalid` when it has another structure
 */
export async function openSampleFile(path: string, version: string): Promise<SampleFile> {
  const reader = await openHdf5(path)
  try {
    const { samples, readable, problems } = inspectStructure(reader)
    const whole =
      readable.size === DATASETS.length && [...readable.values()].every((count) => count === samples)
    if (!whole) throw foreign(path, problems)
    return { reader, samples, slopeUnit: slopeUnitOf(reader), version }
  } catch (error) {
    reader.close()
    throw error
  }
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
    hint: 'Choose a file that this program has written.',
  })
}
