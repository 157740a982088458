import type { Catalog } from '../catalog/catalog'
import { readFolderCatalog } from '../catalog/folder'
import { isoSeconds } from '../../src-shared/footprint/time'
import type { JobContext } from '../process/context'
import { RasterPool } from '../raster/raster-pool'
import { gridReader, HEADERS_ONLY } from './catalog-job'
import type { JobInput, JobOutput } from './schemas'

/**
 * Counts what the imagery sources offer, each folder read once.
 * @throws StudioError as readFolderCatalog
 */
export async function runCatalogCheck(
  input: JobInput<'catalog-check'>,
  ctx: JobContext,
): Promise<JobOutput<'catalog-check'>> {
  const rasters = new RasterPool(HEADERS_ONLY)
  try {
    const known = new Map<string, Catalog>()
    for (const folder of new Set(Object.values(input)))
      known.set(folder, await readFolderCatalog(folder, { readGrid: gridReader(rasters, ctx.signal) }, ctx))
    const scenes = known.get(input.source)?.scenes ?? []
    const days = scenes.map(({ datetime }) => isoSeconds(datetime).slice(0, 10)).sort()
    return {
      scenes: scenes.length,
      demTiles: known.get(input.demSource)?.dem.length ?? 0,
      landcoverTiles: known.get(input.landcoverSource)?.landcover.length ?? 0,
      firstDay: days.at(0) ?? null,
      lastDay: days.at(-1) ?? null,
    }
  } finally {
    await rasters.close()
  }
}
