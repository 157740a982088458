import { isoSeconds } from '../../src-shared/footprint/time'
import type { JobContext } from '../process/context'
import { openingRemote } from '../raster/open-source'
import { RasterPool } from '../raster/raster-pool'
import { checkServers } from '../stac/check-servers'
import { layerSources, settingsForSources } from '../stac/providers'
import { gridReader, HEADERS_ONLY, readFolders } from './catalog-job'
import { inflatedIn } from './inflated-in'
import { openNetwork } from './job-network'
import type { JobInput, JobOutput } from './schemas'

/**
 * Counts what imagery folders offer, each read once, and asks servers whether they answer, have the collections and let
 * their files be read. A server that does not is told in the result, not thrown.
 * @throws StudioError as readFolderCatalog and layerSources
 */
export async function runCatalogCheck(
  input: JobInput<'catalog-check'>,
  ctx: JobContext,
): Promise<JobOutput<'catalog-check'>> {
  const sources = layerSources(input, input.settings.signing, process.env)
  const settings = settingsForSources(input.settings, input)
  const network = openNetwork({ connections: settings.connections, cacheFolder: '', cacheBytes: 0 }, settings)
  const rasters = new RasterPool(
    HEADERS_ONLY,
    openingRemote(
      (href, origin, signal) => network.openSource(href, origin, signal),
      inflatedIn(input.tempDirectory),
    ),
  )
  try {
    const servers = checkServers(sources, network, ctx.signal)
    const [found, checked] = await Promise.all([
      readFolders(sources, gridReader(rasters, ctx.signal), ctx),
      servers,
    ])
    const days = (found.get('scenes')?.scenes ?? [])
      .map(({ datetime }) => isoSeconds(datetime).slice(0, 10))
      .sort()
    return {
      scenes: days.length,
      demTiles: found.get('dem')?.dem.length ?? 0,
      landcoverTiles: found.get('landcover')?.landcover.length ?? 0,
      firstDay: days.at(0) ?? null,
      lastDay: days.at(-1) ?? null,
      servers: checked,
    }
  } finally {
    await rasters.close()
    await network.close()
  }
}
