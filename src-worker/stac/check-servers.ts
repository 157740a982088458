import type { ServerCheck } from '../../src-shared/api/inspection'
import { StudioError, throwIfCancelled, toStudioError } from '../../src-shared/errors/studio-error'
import type { Catalog } from '../catalog/catalog'
import { CatalogCollector } from '../catalog/collector'
import { FileLookup } from '../catalog/file-lookup'
import type { RasterGrid } from '../catalog/sentinel2-item'
import type { JsonClient } from '../http/json-client'
import { quietContext } from '../process/context'
import type { AssetOrigin, OpenSource } from '../raster/byte-source'
import { NeededTiles } from './bucket-tiles'
import { findCollections, KIND_OF_LAYER } from './find-collections'
import { LAYERS, type Layer, type LayerSource } from './providers'
import { hostOf } from './stac-answers'
import { StacApi } from './stac-api'

/** What the check needs of a network. */
export interface CheckedNetwork extends JsonClient {
  openSource: OpenSource
}

/** Bytes of the test read: the header of most files. */
const TEST_BYTES = 16_384

/** A place on land whose tiles every public bucket has: southern Germany, 2020. */
const LAND = [9.5, 47.5, Date.UTC(2020, 6, 1)] as const

/** A file to try. */
interface TestFile {
  href: string
  origin: AssetOrigin
  /** Whether nobody said that it exists. */
  assumed: boolean
}

/**
 * Asks the servers of those layers that come from servers: whether they answer, which collections they have, and whether
 * one file can be read. What goes wrong is told, not thrown.
 * @throws StudioError `cancelled`
 */
export async function checkServers(
  sources: Readonly<Record<Layer, LayerSource>>,
  network: CheckedNetwork,
  signal: AbortSignal,
): Promise<ServerCheck[]> {
  const checks = LAYERS.flatMap((layer) => {
    const source = sources[layer]
    return source.kind === 'folder' ? [] : [checkLayer(layer, source, network, signal)]
  })
  const done = await Promise.all(checks)
  throwIfCancelled(signal)
  return done
}

async function checkLayer(
  layer: Layer,
  source: Exclude<LayerSource, { kind: 'folder' }>,
  network: CheckedNetwork,
  signal: AbortSignal,
): Promise<ServerCheck> {
  const check: ServerCheck = {
    layer,
    host: hostOf(source.url),
    latencyMs: null,
    collections: [],
    testRead: 'not-needed',
    error: null,
  }
  try {
    let bucket = source.kind === 'bucket' ? source.url : null
    let file: TestFile | null = null
    if (source.kind === 'api') {
      const started = performance.now()
      const api = await StacApi.open(network, source.url, signal)
      check.latencyMs = performance.now() - started
      check.collections = await presentCollections(api, source, layer, signal)
      if (check.collections.length > 0)
        file = await someFile(api, check.collections, { layer, unsigned: source.signing === 'none' }, signal)
      else bucket = source.fallback
    }
    if (bucket !== null) {
      check.host = hostOf(bucket)
      file = knownFile(bucket, layer)
    } else if (check.collections.length === 0) throw nothingThere(source.url)
    if (file === null) return check
    check.testRead = 'failed'
    const started = performance.now()
    check.testRead = await testRead(file, network, signal)
    check.latencyMs ??= performance.now() - started
  } catch (thrown) {
    check.error = toStudioError(thrown).toJSON()
  }
  return check
}

async function presentCollections(
  api: StacApi,
  { collections }: Extract<LayerSource, { kind: 'api' }>,
  layer: Layer,
  signal: AbortSignal,
): Promise<string[]> {
  const all = await api.collections(signal)
  const there = new Set(all.map(({ id }) => id))
  return collections === null ? findCollections(all, layer) : collections.filter((id) => there.has(id))
}

/** A file of the first item that the collections give, null where they give none. */
async function someFile(
  api: StacApi,
  collections: readonly string[],
  { layer, unsigned }: { layer: Layer; unsigned: boolean },
  signal: AbortSignal,
): Promise<TestFile | null> {
  const query = { collections, bbox: null, time: null, maxCloudCover: null }
  for await (const { url, features } of api.search(query, signal, 1)) {
    let fault: StudioError | null = null
    const ctx = { ...quietContext(signal), skipped: (error: StudioError) => void (fault ??= error) }
    const collector = new CatalogCollector(new FileLookup(), anyGrid, ctx)
    await collector.add(features[0], url, { searchedFor: KIND_OF_LAYER[layer], unsigned })
    const file = fileOf(collector.finish([]), layer)
    // Kept in an array so that the compiler does not take it for null still.
    const [found] = [fault] as (StudioError | null)[]
    if (file === null && found !== null) throw found
    return file
  }
  return null
}

function fileOf(catalog: Catalog, layer: Layer): TestFile | null {
  if (layer === 'scenes') {
    const scene = catalog.scenes.at(0)
    if (scene === undefined) return null
    return {
      href: scene.bands.SCL,
      origin: { collection: scene.collection ?? null, item: scene.id },
      assumed: false,
    }
  }
  const tile = catalog[layer].at(0)
  if (tile === undefined) return null
  return { href: tile.href, origin: { collection: tile.collection ?? null, item: tile.name }, assumed: false }
}

function knownFile(bucket: string, layer: Layer): TestFile {
  const tiles = new NeededTiles()
  tiles.add(...LAND)
  const [tile] = layer === 'dem' ? tiles.demTiles(bucket) : tiles.landcoverTiles(bucket)
  return { href: tile.href, origin: { collection: null, item: tile.name }, assumed: true }
}

/** Reads the beginning of a file. A bucket that lacks the tile, a mirror of some region, has answered all the same. */
async function testRead(
  { href, origin, assumed }: TestFile,
  network: CheckedNetwork,
  signal: AbortSignal,
): Promise<'ok' | 'not-needed'> {
  try {
    const source = await network.openSource(href, origin, signal)
    try {
      await source.read([{ offset: 0, length: TEST_BYTES }], signal)
      return 'ok'
    } finally {
      await source.close()
    }
  } catch (error) {
    const isAbsent = error instanceof StudioError && error.tag === 'asset-missing'
    if (isAbsent && assumed) return 'not-needed'
    throw error
  }
}

/** Where the scene lies does not matter here. */
function anyGrid(): Promise<RasterGrid> {
  return Promise.resolve({ epsg: 32632, x0: 0, y0: 0, width: 1, height: 1 })
}

function nothingThere(url: string): StudioError {
  return new StudioError('catalog-empty', 'The STAC API has no collection for this.', {
    file: url,
    hint: 'Choose another source for it; aws has terrain and land cover.',
    context: { host: hostOf(url) },
  })
}
