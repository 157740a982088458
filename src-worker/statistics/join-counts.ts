import type { JobContext } from '../process/context'
import { countLayers } from './count-layers'
import { LayerCounts } from './layer-counts'
import { layerCountsPath, loadLayerCounts, saveLayerCounts } from './layer-counts-file'

/** A batch whose samples go into a split. */
export interface CountedPart {
  path: string
  record: string
  samples: number
  /** Rows of it that do not. */
  leaveOut?: ReadonlySet<number>
}

/**
 * Joins the counts of batches, in their order. A batch without sound counts, from an older version of the program or
 * whose file was lost, is read, and its counts are kept for the next time. One of which samples are left out is read as well.
 * @throws StudioError `hdf5-open`, `hdf5-read`, `disk-full`, `output-unwritable`, `cancelled`
 */
export async function joinCounts(
  parts: readonly CountedPart[],
  { signal }: Pick<JobContext, 'signal'>,
): Promise<LayerCounts> {
  const whole = new LayerCounts()
  for (const { path, record, samples, leaveOut } of parts) {
    if (leaveOut !== undefined && leaveOut.size > 0) {
      whole.join(await countLayers(path, signal, leaveOut))
      continue
    }
    const file = layerCountsPath(record)
    whole.join((await loadLayerCounts(file, samples)) ?? (await countAnew(path, file, signal)))
  }
  return whole
}

async function countAnew(path: string, file: string, signal: AbortSignal): Promise<LayerCounts> {
  const counts = await countLayers(path, signal)
  await saveLayerCounts(file, counts)
  return counts
}
