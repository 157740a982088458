import { unfit } from '../fuse/fuse-order'
import { withHdf5 } from '../hdf5/file-reader'
import { datasetPath } from '../hdf5/samples-file'
import type { JobInput } from './schemas'

type Wanted = JobInput<'fuse'>['parts'][number]['leaveOut']

/** Rows of a batch that stay out of the dataset, and rows whose shot is another than the one that was to be left out. */
export interface LeftOutRows {
  rows: Set<number>
  unmatched: number[]
}

/**
 * Compares the shots that are to be left out with those of the batch file, which is not opened where there are none.
 * @throws StudioError `dataset-invalid` where the file cannot be read
 */
export async function samplesLeftOut(path: string, wanted: Wanted): Promise<LeftOutRows> {
  const found: LeftOutRows = { rows: new Set(), unmatched: [] }
  if (wanted.length === 0) return found
  const reading = withHdf5(path, (file) => file.read(datasetPath('GEDI Shot Number')))
  const shots = await reading.catch((error: unknown) => {
    throw unfit(path, error instanceof Error ? error.message : 'The batch file cannot be read.', error)
  })
  for (const { row, shotNumber } of wanted) {
    if (row < shots.length && String(shots[row]) === shotNumber) found.rows.add(row)
    else found.unmatched.push(row)
  }
  return found
}
