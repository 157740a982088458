import { DISTANCE_EDGES, type Leakage } from '../../src-shared/run/leakage'
import { pause } from '../hdf5/pause'
import type { JobContext } from '../process/context'
import { beat } from '../process/pulse'
import { arcOfChord } from './earth-centred'
import { PATCH_EDGE, sharePixels, type Patches } from './patches'
import { PointTree } from './point-tree'

/**
 * Footprints of windows that share pixels are no further apart than this, metres: two windows that touch at a corner
 * (452.6 m of the grid, 452.8 m of ground), each centre up to 7.1 m from its footprint, positions of float32.
 */
const FARTHEST_SHARING = PATCH_EDGE * Math.SQRT2 + 22

/** Test patches between two looks for a cancellation. */
const STRIDE = 5000

/**
 * Measures how near test patches are to train patches: those that share pixels, and the distance over ground from each
 * test footprint to its nearest train footprint. Progress counts test patches. Holds 63 bytes a train patch and 30 a
 * test patch.
 * @throws StudioError `cancelled`
 */
export async function measureLeakage(
  { train, test }: { train: Patches; test: Patches },
  ctx: Pick<JobContext, 'signal' | 'progress'>,
): Promise<Omit<Leakage, 'basis'>> {
  const count = test.lon.length
  const distances = new Array<number>(DISTANCE_EDGES.length + 1).fill(0)
  const result = { train: train.lon.length, test: count, sharing: 0, distances }
  if (result.train === 0 || count === 0) return { ...result, median: null }
  const tree = new PointTree(train.lon, train.lat)
  const metres = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    if (i % STRIDE === 0) {
      beat()
      ctx.progress(i, count)
      await pause(ctx.signal)
    }
    const [lon, lat] = [test.lon[i], test.lat[i]]
    const chord = tree.nearest(lon, lat)
    metres[i] = arcOfChord(chord)
    distances[classOf(metres[i])] += 1
    if (chord > FARTHEST_SHARING) continue
    if (tree.someWithin(lon, lat, FARTHEST_SHARING, (j) => sharePixels(test, i, train, j)))
      result.sharing += 1
  }
  ctx.progress(count, count)
  metres.sort()
  return { ...result, median: metres[Math.ceil(count / 2) - 1] }
}

function classOf(metres: number): number {
  const found = DISTANCE_EDGES.findIndex((edge) => metres < edge)
  return found === -1 ? DISTANCE_EDGES.length : found
}
