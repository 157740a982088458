import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PIXEL_SIZE } from '../../src-shared/dataset/bands'
import { StudioError } from '../../src-shared/errors/studio-error'
import { requireInCatalog, type Catalog } from '../catalog/catalog'
import { readFolderCatalog } from '../catalog/folder'
import type { RasterGrid } from '../catalog/sentinel2-item'
import { withDatabase } from '../footprints/database'
import { writeCatalog } from '../plan/catalog-store'
import type { JobContext } from '../process/context'
import { RasterPool } from '../raster/raster-pool'
import type { JobInput, JobOutput } from './schemas'

/** Bytes of a block cache where only headers are read. */
export const HEADERS_ONLY = 1 << 20

/**
 * Reads the sources of imagery, terrain and land cover, each folder once, and keeps what they offer in the project.
 * @throws StudioError `catalog-empty` where one of the three is lacking; as readFolderCatalog
 */
export async function runCatalog(input: JobInput<'catalog'>, ctx: JobContext): Promise<JobOutput<'catalog'>> {
  const rasters = new RasterPool(HEADERS_ONLY)
  const known = new Map<string, Promise<Catalog>>()
  const read = (folder: string): Promise<Catalog> => {
    const catalog =
      known.get(folder) ?? readFolderCatalog(folder, { readGrid: gridReader(rasters, ctx.signal) }, ctx)
    known.set(folder, catalog)
    return catalog
  }
  try {
    const imagery = await read(input.source)
    const terrain = await read(input.demSource)
    const landcover = await read(input.landcoverSource)
    requireInCatalog(imagery, 'scenes', input.source)
    requireInCatalog(terrain, 'dem', input.demSource)
    requireInCatalog(landcover, 'landcover', input.landcoverSource)
    const catalog: Catalog = { scenes: imagery.scenes, dem: terrain.dem, landcover: landcover.landcover }
    await mkdir(dirname(input.files.scenes), { recursive: true })
    await withDatabase(input, (database) => writeCatalog(database, catalog, input.files))
    return { scenes: catalog.scenes.length, dem: catalog.dem.length, landcover: catalog.landcover.length }
  } finally {
    await rasters.close()
  }
}

/** Reads the grid of a scene from the header of its 10 m raster. */
export function gridReader(rasters: RasterPool, signal: AbortSignal): (href: string) => Promise<RasterGrid> {
  return async (href) => {
    const { layout } = await rasters.raster(href, signal)
    const { epsg, x0, y0, dx, dy, width, height } = layout
    if (Math.abs(dx - PIXEL_SIZE) > 1e-6 || Math.abs(dy + PIXEL_SIZE) > 1e-6) {
      throw new StudioError('scene-incomplete', `B02 has pixels of ${dx} m instead of ${PIXEL_SIZE} m.`, {
        file: href,
        hint: 'Use the 10 m raster of the band.',
      })
    }
    if (epsg === null) {
      throw new StudioError('scene-incomplete', 'Neither the item nor the raster says which CRS it is in.', {
        file: href,
        hint: 'Add proj:epsg or proj:code to the STAC item.',
      })
    }
    return { epsg, x0, y0, width, height }
  }
}
