import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Scene } from '../../src-shared/catalog/scene'
import { PIXEL_SIZE } from '../../src-shared/dataset/bands'
import { StudioError } from '../../src-shared/errors/studio-error'
import { requireInCatalog, type Catalog } from '../catalog/catalog'
import { readFolderCatalog } from '../catalog/folder'
import type { ReadGrid } from '../catalog/sentinel2-item'
import { withDatabase } from '../footprints/database'
import { readScenes, writeCatalog } from '../plan/catalog-store'
import type { JobContext } from '../process/context'
import { openingRemote } from '../raster/open-source'
import { RasterPool } from '../raster/raster-pool'
import { readPlaces } from '../stac/footprint-places'
import { LAYERS, layerSources, settingsForSources, type Layer, type LayerSource } from '../stac/providers'
import { writeOpenPlaces } from '../stac/open-places'
import { readRemoteCatalog, type RemoteCatalog } from '../stac/remote-catalog'
import { openNetwork } from './job-network'
import type { JobInput, JobOutput } from './schemas'

/** Bytes of a block cache where only headers are read. */
export const HEADERS_ONLY = 1 << 20

type Sources = Record<Layer, LayerSource>

/**
 * Reads the sources of imagery, terrain and land cover and keeps what they offer in the project: folders as they are,
 * each once; servers are asked for what the footprints of the subsets need, and their answers kept as they come. What
 * searches that failed leave open is kept beside the catalog.
 * @throws StudioError `catalog-empty` where one of the three is lacking; `catalog-invalid` where a catalog is to be added
 * to and is damaged; as readFolderCatalog and readRemoteCatalog
 */
export async function runCatalog(input: JobInput<'catalog'>, ctx: JobContext): Promise<JobOutput<'catalog'>> {
  const sources = layerSources(input, input.settings.signing, process.env)
  const network = openNetwork(input.network, settingsForSources(input.settings, input))
  const rasters = new RasterPool(
    HEADERS_ONLY,
    openingRemote((href, origin, signal) => network.openSource(href, origin, signal)),
  )
  const readGrid = gridReader(rasters, ctx.signal)
  try {
    const isRemote = LAYERS.some((layer) => sources[layer].kind !== 'folder')
    const folders = await readFolders(
      sources,
      readGrid,
      isRemote ? { ...ctx, progress: () => undefined } : ctx,
    )
    const remote = isRemote ? await readServers(sources, { input, client: network, readGrid }, ctx) : null
    const from = (layer: Layer): Catalog => folders.get(layer) ?? remote?.catalog ?? EMPTY
    const catalog: Catalog = {
      scenes: from('scenes').scenes,
      dem: from('dem').dem,
      landcover: from('landcover').landcover,
    }
    requireInCatalog(catalog, 'scenes', input.source)
    requireInCatalog(catalog, 'dem', input.demSource ?? input.source)
    requireInCatalog(catalog, 'landcover', input.landcoverSource ?? input.source)
    await mkdir(dirname(input.files.scenes), { recursive: true })
    const failed = remote?.failed ?? []
    await writeOpenPlaces(input.open, failed)
    const scenes = await withDatabase(input, async (database) => {
      const before = input.extend ? [...(await readScenes(database, input.files.scenes)).values()] : []
      const all = addedTo(before, catalog.scenes)
      await writeCatalog(database, { ...catalog, scenes: all }, input.files)
      return all.length
    })
    return {
      scenes,
      dem: catalog.dem.length,
      landcover: catalog.landcover.length,
      failedSearches: failed.length,
      extended: input.extend,
    }
  } finally {
    await rasters.close()
    await network.close()
  }
}

/** The scenes that were there, at their places, and the new ones after them. */
function addedTo(before: readonly Scene[], now: readonly Scene[]): Scene[] {
  const known = new Set(before.map(({ id }) => id))
  return [...before, ...now.filter(({ id }) => !known.has(id))]
}

const EMPTY: Catalog = { scenes: [], dem: [], landcover: [] }

/** The catalogs of those layers that come from folders, each folder read once. */
export async function readFolders(
  sources: Sources,
  readGrid: ReadGrid,
  ctx: JobContext,
): Promise<Map<Layer, Catalog>> {
  const known = new Map<string, Catalog>()
  const byLayer = new Map<Layer, Catalog>()
  for (const layer of LAYERS) {
    const source = sources[layer]
    if (source.kind !== 'folder') continue
    const catalog = known.get(source.folder) ?? (await readFolderCatalog(source.folder, { readGrid }, ctx))
    known.set(source.folder, catalog)
    byLayer.set(layer, catalog)
  }
  return byLayer
}

async function readServers(
  sources: Sources,
  {
    input,
    ...how
  }: { input: JobInput<'catalog'> } & Pick<Parameters<typeof readRemoteCatalog>[0], 'client' | 'readGrid'>,
  ctx: JobContext,
): Promise<RemoteCatalog> {
  const { subsets, searches, settings } = input
  const footprints = await withDatabase(input, (database) => readPlaces(database, subsets, ctx.signal))
  return readRemoteCatalog({ sources, footprints, limits: settings, searches, ...how }, ctx)
}

/** Reads the grid of a scene from the header of its 10 m raster. */
export function gridReader(rasters: RasterPool, signal: AbortSignal): ReadGrid {
  return async (href, origin) => {
    const { layout } = await rasters.raster(href, origin, signal)
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
