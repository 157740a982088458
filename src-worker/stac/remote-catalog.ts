import { z } from 'zod'
import type { Tile } from '../../src-shared/catalog/scene'
import { StudioError } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import type { Catalog } from '../catalog/catalog'
import { CatalogCollector } from '../catalog/collector'
import { FileLookup } from '../catalog/file-lookup'
import type { ReadGrid } from '../catalog/sentinel2-item'
import type { JsonClient } from '../http/json-client'
import type { JobContext } from '../process/context'
import { AnswerStore } from './answer-store'
import { TILE_MARGIN } from './bucket-tiles'
import { findCollections, KIND_OF_LAYER } from './find-collections'
import type { CellDay } from './footprint-extents'
import type { FootprintPlaces } from './footprint-places'
import { NearFootprints } from './near-footprints'
import { LAYERS, type Layer, type LayerSource } from './providers'
import { isOfServer, SearchRunner, type Search } from './run-searches'
import { blocksForSearch, groupForSearch, type SearchBlock } from './search-groups'
import { hostOf, type CollectionName } from './stac-answers'
import { StacApi } from './stac-api'

/** What reading a catalog from servers needs. */
export interface RemoteCatalogOptions {
  sources: Readonly<Partial<Record<Layer, LayerSource>>>
  footprints: FootprintPlaces
  limits: { maxDays: number; maxCloudCover: number }
  client: JsonClient
  readGrid: ReadGrid
  /** Folder in which answers are kept. */
  searches: string
}

/** A catalog, and what could not be asked. */
export interface RemoteCatalog {
  catalog: Catalog
  /** Searches that failed for good, with the footprints that they would have served. */
  failed: { error: StudioError; serves: readonly CellDay[] }[]
}

/** A search and the footprints that it serves. */
interface Planned {
  search: Search
  serves: readonly CellDay[]
}

type ApiSource = Extract<LayerSource, { kind: 'api' }>

const collectionNames = z.array(z.object({ id: z.string(), title: z.string() }))

/**
 * Reads what servers offer for the footprints: items by grouped searches, tiles of public buckets by name. Answers are
 * kept as they come; those that are kept already are not asked for again. Items that cannot be used are reported through
 * `ctx.skipped`. Layers whose source is a folder, or missing, come out empty. Progress counts searches. A search that
 * fails for good leaves its footprints open; where all searches of a layer do, there is nothing to go on with.
 * @throws StudioError as StacApi where an API cannot be opened, or no search of a layer is answered; `catalog-empty` where
 * an API has no collection of a layer
 */
export async function readRemoteCatalog(
  options: RemoteCatalogOptions,
  ctx: JobContext,
): Promise<RemoteCatalog> {
  const { client, footprints, sources } = options
  const store = new AnswerStore(options.searches)
  const runner = new SearchRunner(store, (url, signal) => StacApi.open(client, url, signal), ctx)
  const planned: Planned[] = []
  const buckets: Pick<Catalog, 'dem' | 'landcover'> = { dem: [], landcover: [] }
  for (const layer of LAYERS) {
    const source = sources[layer]
    if (source === undefined || source.kind === 'folder') continue
    const found =
      source.kind === 'api'
        ? await searchesOf(layer, source, options, (url) => lookUp(url, store, runner, ctx.signal))
        : null
    if (found !== null) planned.push(...found)
    else {
      const url = source.kind === 'bucket' ? source.url : source.fallback
      if (url === null || layer === 'scenes') throw noCollection(source.url, layer)
      if (source.kind === 'api') {
        ctx.log('info', `${hostOf(source.url)} has no ${NAMES[layer]}; it comes from ${hostOf(url)}.`)
      }
      buckets[layer] = bucketTiles(footprints, layer, url)
    }
  }
  const searches = planned.map(({ search }) => search)
  const { kept, failed } = await runner.runAll(searches)
  throwIfNone(searches, failed)
  const catalog = await collect(searches, { runner, failed }, options, ctx)
  throwIfNone(searches, failed)
  await store.forgetOthers()
  if (searches.length > 0) {
    const before = kept === 0 ? '' : `, ${kept} of them answered before`
    const without = failed.size === 0 ? '' : `, ${failed.size} of them failed`
    ctx.log(
      failed.size === 0 ? 'info' : 'warning',
      `${counted(searches.length, 'search', 'searches')} for ${counted(footprints.count, 'footprint')}${before}${without}.`,
    )
  }
  return {
    catalog: {
      scenes: catalog.scenes,
      dem: [...catalog.dem, ...buckets.dem],
      landcover: [...catalog.landcover, ...buckets.landcover],
    },
    failed: planned.flatMap(({ search, serves }) => {
      const error = failed.get(search)
      return error === undefined ? [] : [{ error, serves }]
    }),
  }
}

/** Throws the error of a layer of which no search was answered: without it there is no sample. */
function throwIfNone(searches: readonly Search[], failed: ReadonlyMap<Search, StudioError>): void {
  for (const layer of LAYERS) {
    const errors = searches.flatMap((search) => (search.layer === layer ? [failed.get(search)] : []))
    const [first] = errors
    if (first !== undefined && errors.every((error) => error !== undefined)) throw first
  }
}

/** What the layers are called in messages. */
const NAMES: Readonly<Record<Layer, string>> = {
  scenes: 'Sentinel-2 L2A',
  dem: 'Copernicus DEM',
  landcover: 'ESA WorldCover',
}

/** The searches of a layer at an API, or null where it has no collection of it. */
async function searchesOf(
  layer: Layer,
  source: ApiSource,
  { footprints, limits }: RemoteCatalogOptions,
  collectionsOf: (url: string) => Promise<CollectionName[]>,
): Promise<Planned[] | null> {
  const collections = source.collections ?? findCollections(await collectionsOf(source.url), layer)
  if (collections.length === 0) return null
  const plan = (
    { boxes, serves }: SearchBlock,
    more: Pick<Search['query'], 'time' | 'maxCloudCover'>,
  ): Planned[] =>
    boxes.map((bbox) => ({
      search: { api: source.url, layer, query: { collections: [...collections], bbox, ...more } },
      serves,
    }))
  if (layer !== 'scenes') {
    const anyTime = { time: null, maxCloudCover: null }
    return blocksForSearch(footprints.cells, TILE_MARGIN).flatMap((block) => plan(block, anyTime))
  }
  return groupForSearch(footprints.cells, limits.maxDays).flatMap((group) =>
    plan(group, { time: group.time, maxCloudCover: limits.maxCloudCover }),
  )
}

/** The collections of an API, asked for once in the life of a catalog. */
async function lookUp(
  url: string,
  store: AnswerStore,
  runner: SearchRunner,
  signal: AbortSignal,
): Promise<CollectionName[]> {
  const question = { api: url, collections: true }
  const kept = await store.get(question, collectionNames)
  if (kept !== null) return kept
  const all = await (await runner.api(url)).collections(signal)
  await store.put(question, all)
  return all
}

function bucketTiles(footprints: FootprintPlaces, layer: 'dem' | 'landcover', url: string): Tile[] {
  return layer === 'dem' ? footprints.tiles.demTiles(url) : footprints.tiles.landcoverTiles(url)
}

/**
 * Makes a catalog of the answers, in the order of the searches, each item once; scenes only where a footprint may be. A
 * search with a scene whose file has to be asked where it lies, and does not answer, joins those that failed.
 */
async function collect(
  searches: readonly Search[],
  { runner, failed }: { runner: SearchRunner; failed: Map<Search, StudioError> },
  { sources, readGrid, footprints }: RemoteCatalogOptions,
  ctx: JobContext,
): Promise<Catalog> {
  const collector = new CatalogCollector(new FileLookup(), readGrid, ctx)
  const near = new NearFootprints(footprints.cells)
  const signs = Object.values(sources).some((source) => source.kind === 'api' && source.signing !== 'none')
  const seen = new Set<string>()
  for (const search of searches) {
    const source = sources[search.layer]
    const unsigned = signs && source?.kind === 'api' && source.signing === 'none'
    const hints = { searchedFor: KIND_OF_LAYER[search.layer], unsigned }
    for (const { url, features } of (await runner.answer(search))?.pages ?? []) {
      for (const item of features) {
        const key = keyOf(item)
        if (key !== null && seen.has(key)) continue
        if (search.layer === 'scenes' && !near.mayConcern(item)) continue
        try {
          await collector.add(item, url, hints)
          if (key !== null) seen.add(key)
        } catch (thrown) {
          if (!isOfServer(thrown)) throw thrown
          failed.set(search, thrown)
        }
      }
    }
  }
  return collector.finish([])
}

const keySchema = z.object({ id: z.string(), collection: z.string().nullish() })

/** What tells an item from others; null where it has no id. */
function keyOf(item: unknown): string | null {
  const parsed = keySchema.safeParse(item)
  return parsed.success ? `${parsed.data.collection ?? ''} ${parsed.data.id}` : null
}

function noCollection(url: string, layer: Layer): StudioError {
  const option = { scenes: '--source', dem: '--dem-source', landcover: '--landcover-source' }[layer]
  const other = layer === 'scenes' ? 'a STAC API that has it' : 'aws, or a STAC API that has it'
  return new StudioError('catalog-empty', `The STAC API has no collection of ${NAMES[layer]}.`, {
    file: url,
    hint: `Give ${option} ${other}.`,
    context: { host: hostOf(url), kind: layer },
  })
}
