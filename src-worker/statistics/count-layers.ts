import { withHdf5 } from '../hdf5/file-reader'
import { pause } from '../hdf5/pause'
import { SampleColumns } from '../hdf5/sample-columns'
import { readSamples } from '../hdf5/samples-reader'
import { inspectStructure } from '../hdf5/structure'
import { LayerCounts } from './layer-counts'

/** Samples in memory at a time: about 10 MB. */
const BLOCK_SAMPLES = 250
const DATASETS_READ = ['Sentinel-2 L2A', 'WorldCover', 'CopDEM', 'AGBD Values'] as const

/**
 * Counts the samples of a batch file: what was counted while they were cut, to the last bit.
 * @param leaveOut rows that do not count
 * @throws StudioError `hdf5-open` or `hdf5-read` when the file is damaged, `cancelled`
 */
export async function countLayers(
  path: string,
  signal: AbortSignal,
  leaveOut: ReadonlySet<number> = new Set(),
): Promise<LayerCounts> {
  const counts = new LayerCounts()
  await withHdf5(path, async (file) => {
    const { samples } = inspectStructure(file)
    const columns = new SampleColumns(BLOCK_SAMPLES)
    for (let first = 0; first < samples; first += columns.count) {
      await pause(signal)
      columns.clear()
      columns.reserve(Math.min(BLOCK_SAMPLES, samples - first))
      for (const name of DATASETS_READ) readSamples(file, name, first, columns.count, columns, 0)
      counts.add(columns, (i) => !leaveOut.has(first + i))
    }
  })
  return counts
}
