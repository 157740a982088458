import { stat } from 'node:fs/promises'
import type { CatalogFiles } from '../plan/catalog-store'
import { readTiles } from '../plan/catalog-store'
import { TileIndex } from '../catalog/tiles'
import { zeroNetworkCounters } from '../http/network-counters'
import type { Network } from '../http/network'
import type { OpenSource } from '../raster/byte-source'
import { openingRemote } from '../raster/open-source'
import { RasterPool } from '../raster/raster-pool'
import { inflatedIn } from './inflated-in'
import { openNetwork } from './job-network'
import type { BatchRecord, JobInput } from './schemas'

/** The tiles of a run's catalog, ready for look-ups. */
export interface TileIndexes {
  dem: TileIndex
  landcover: TileIndex
}

/** The rasters that a worker keeps open, with its block cache, over all its batches. */
interface WorkerImagery {
  rasters: RasterPool
  /** What was read since the work began. */
  counters: () => BatchRecord['counters']
}

let imagery: { pool: RasterPool; network: Network; identity: string } | null = null
let tiles: { identity: string; indexes: TileIndexes } | null = null

/** The rasters of this worker process, counters at zero. */
export async function workerImagery({
  cacheBytes,
  network: limits,
  settings,
  tempDirectory,
}: Pick<JobInput<'batch'>, 'cacheBytes' | 'network' | 'settings' | 'tempDirectory'>): Promise<WorkerImagery> {
  const identity = JSON.stringify([cacheBytes, limits, settings.signing, settings.signingUrl])
  if (imagery?.identity !== identity) {
    await imagery?.pool.close()
    await imagery?.network.close()
    const network = openNetwork(limits, settings)
    const remote: OpenSource = (href, origin, signal) => network.openSource(href, origin, signal)
    imagery = {
      pool: new RasterPool(cacheBytes, openingRemote(remote, inflatedIn(tempDirectory))),
      network,
      identity,
    }
  }
  const { pool, network } = imagery
  await pool.beginWork()
  Object.assign(network.counters, zeroNetworkCounters())
  return { rasters: pool, counters: () => ({ ...pool.counters, ...network.counters }) }
}

/** The tile indexes of a catalog, read once as long as its file stays the same. */
export async function workerTiles({ tiles: path }: CatalogFiles): Promise<TileIndexes> {
  const found = await stat(path).catch(() => null)
  const identity = `${path} ${found?.size ?? 0} ${found?.mtimeMs ?? 0}`
  if (tiles?.identity !== identity) {
    const { dem, landcover } = await readTiles(path)
    tiles = { identity, indexes: { dem: new TileIndex(dem), landcover: new TileIndex(landcover) } }
  }
  return tiles.indexes
}
