import { stat } from 'node:fs/promises'
import type { CatalogFiles } from '../plan/catalog-store'
import { readTiles } from '../plan/catalog-store'
import { TileIndex } from '../catalog/tiles'
import { RasterPool } from '../raster/raster-pool'

/** The tiles of a run's catalog, ready for look-ups. */
export interface TileIndexes {
  dem: TileIndex
  landcover: TileIndex
}

let rasters: { pool: RasterPool; cacheBytes: number } | null = null
let tiles: { identity: string; indexes: TileIndexes } | null = null

/** The rasters that this worker process keeps open, with its block cache, over all its batches. */
export async function workerRasters(cacheBytes: number): Promise<RasterPool> {
  if (rasters?.cacheBytes !== cacheBytes) {
    await rasters?.pool.close()
    rasters = { pool: new RasterPool(cacheBytes), cacheBytes }
  }
  await rasters.pool.beginWork()
  return rasters.pool
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
