import type { JobContext } from '../process/context'
import { countLayers } from './count-layers'
import { LayerCounts } from './layer-counts'
import { layerCountsPath, loadLayerCounts } from './layer-counts-file'

/** A batch whose samples go into a split. */
export interface CountedPart {
  path: string
  record: string
  samples: number
}

/**
 * Joins the counts of batches, in their order. A batch without sound counts, from an older version of the program or
 * whose file was lost, is read.
 * @throws StudioError `hdf5-open`, `hdf5-read`, `cancelled`
 */
export async function joinCounts(
  parts: readonly CountedPart[],
  { signal }: Pick<JobContext, 'signal'>,
): Promise<LayerCounts> {
  const whole = new LayerCounts()
  for (const { path, record, samples } of parts) {
    const kept = await loadLayerCounts(layerCountsPath(record), samples)
    whole.join(kept ?? (await countLayers(path, signal)))
  }
  return whole
}
