import type { Scene } from '../../src-shared/catalog/scene'
import { BAND_NAMES, BANDS, PIXEL_SIZE, type BandName } from '../../src-shared/dataset/bands'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { AssetOrigin } from '../raster/byte-source'
import { isUtm } from '../raster/projection'
import { gridBounds } from './grid-outline'
import { isNetworkFailure } from './network-failure'
import { completeProductName, findProductName, parseBaseline } from './product-name'
import { findBandAssets } from './sentinel2-bands'
import { epsgOf, horizontalBounds, type StacItem } from './stac-schema'

/** Where a raster of square 10 m pixels lies: EPSG code, upper left corner in metres, size in pixels. */
export interface RasterGrid {
  epsg: number
  x0: number
  y0: number
  width: number
  height: number
}

/** Reads the grid of a 10 m raster from its file. */
export type ReadGrid = (href: string, origin: AssetOrigin) => Promise<RasterGrid>

/** A scene as far as its item describes it; the grid is null where only the file of B02 can tell. */
export type SceneDraft = Omit<Scene, 'epsg' | 'grid' | 'bounds'> & {
  grid: RasterGrid | null
  bounds: Scene['bounds'] | null
}

/** The first processing baseline whose values carry an offset of 1000 (ESA, 25 January 2022). */
const OFFSET_BASELINE = 4
const BOA_OFFSET = -1000
/** From this sensing time on, every product was made by baseline 04.00 or later. */
const OFFSET_START = Date.UTC(2022, 0, 25)

/**
 * Reads a Sentinel-2 L2A item of any catalog: which asset is which band, product, time, cloud cover, baseline, the
 * offset to add to the values, and the 10 m grid.
 * @param resolveHref Turns an href of the item into an absolute path or URL.
 * @throws StudioError `scene-incomplete` naming the item and what it lacks.
 */
export function parseSentinel2Item(item: StacItem, resolveHref: (href: string) => string): SceneDraft {
  const { properties } = item
  const { found, missing, notPublic } = findBandAssets(item.assets)
  if (missing.length > 0) throw missingBands(item.id, missing, notPublic)
  const cloudCover = properties['eo:cloud_cover']
  if (typeof cloudCover !== 'number' || cloudCover < 0 || cloudCover > 100) {
    throw incomplete(
      item.id,
      'has no eo:cloud_cover between 0 and 100',
      'Scenes are chosen by cloud cover; add it to the item.',
    )
  }
  const datetime = sensingTime(item)
  const hrefs = BAND_NAMES.map((band) => found.get(band)?.href ?? '')
  const named = findNamedProduct(item, hrefs)
  const baseline = baselineOf(item, named?.baseline ?? null)
  const product =
    properties['s2:product_uri']?.replace(/\.SAFE$/i, '') ??
    named?.name ??
    (baseline === null ? null : completeProductName(item.id, baseline)) ??
    item.id.replace(/\.SAFE$/i, '')
  const offset = offsetLeft(item, baseline, datetime) ? BOA_OFFSET : 0
  const bounds = horizontalBounds(item.bbox)
  return {
    id: item.id,
    product,
    datetime,
    cloudCover,
    baseline,
    addOffsets: BANDS.map(({ name }) => (name === 'SCL' ? 0 : offset)),
    grid: gridOf(item, found.get('B02')),
    bounds,
    ...(typeof item.collection === 'string' ? { collection: item.collection } : {}),
    bands: Object.fromEntries(BAND_NAMES.map((band, i) => [band, resolveHref(hrefs[i])])) as Scene['bands'],
  }
}

/**
 * Makes a draft into a scene, with the grid read from the file of B02 where the item did not give it.
 * @throws StudioError `scene-incomplete` where the grid cannot be read or is not in UTM; that of a network which fails.
 */
export async function completeScene(draft: SceneDraft, readGrid: ReadGrid): Promise<Scene> {
  const { epsg, ...grid } = draft.grid ?? (await gridOfFile(draft, readGrid))
  if (!isUtm(epsg)) throw incomplete(draft.id, `is in EPSG:${epsg}`, UTM_HINT)
  return { ...draft, epsg, grid, bounds: draft.bounds ?? gridBounds(epsg, grid) }
}

const UTM_HINT = 'Sentinel-2 scenes are used in their own UTM zone, on the original 10 m grid.'

async function gridOfFile(draft: SceneDraft, readGrid: ReadGrid): Promise<RasterGrid> {
  try {
    return await readGrid(draft.bands.B02, { collection: draft.collection ?? null, item: draft.id })
  } catch (cause) {
    if (isNetworkFailure(cause)) throw cause
    const reason = cause instanceof Error ? ` (${cause.message})` : ''
    throw incomplete(
      draft.id,
      `does not give its 10 m grid, and B02 does not either${reason}`,
      UTM_HINT,
      cause,
    )
  }
}

/** The grid that the item gives for B02: the asset's own, or the item's where that is a 10 m grid. */
function gridOf(item: StacItem, b02: StacItem['assets'][string] | undefined): RasterGrid | null {
  const epsg = (b02 === undefined ? null : epsgOf(b02)) ?? epsgOf(item.properties)
  const onAsset = b02?.['proj:transform'] ?? null
  const transform = onAsset ?? item.properties['proj:transform'] ?? null
  const shape = (onAsset === null ? item.properties : b02)?.['proj:shape'] ?? null
  if (transform === null) return null
  const [width, rotX, x0, rotY, height, y0] = transform
  if (width !== PIXEL_SIZE || height !== -PIXEL_SIZE || rotX !== 0 || rotY !== 0) {
    if (onAsset === null) return null
    throw incomplete(item.id, `has B02 on a grid other than 10 m (${width} by ${height})`, UTM_HINT)
  }
  if (epsg === null || shape?.length !== 2 || shape[0] <= 0 || shape[1] <= 0) return null
  return { epsg, x0, y0, width: shape[1], height: shape[0] }
}

/** The ESA product that the item names: its product URI, its id, or the SAFE folder that its bands lie in. */
function findNamedProduct(item: StacItem, hrefs: readonly string[]): ReturnType<typeof findProductName> {
  const texts = [item.properties['s2:product_uri'] ?? '', item.id, ...hrefs]
  for (const text of texts) {
    const product = findProductName(text)
    if (product !== null) return product
  }
  return null
}

/**
 * Processing baseline of the item, null where nothing tells. `processing:software` counts last: most catalogs keep
 * the version of their own converter there, which is no baseline.
 */
function baselineOf({ properties }: StacItem, ofProduct: number | null): number | null {
  const software = Object.values(properties['processing:software'] ?? {})
  return (
    parseBaseline(properties['s2:processing_baseline']) ??
    parseBaseline(properties['processing:version']) ??
    ofProduct ??
    software
      .map((value) => (/^N?\d\d\.\d\d$/.test(String(value)) ? parseBaseline(value) : null))
      .find((b) => b !== null) ??
    null
  )
}

/**
 * Whether the values still carry the offset of baseline 04.00. Earth Search took it out of what it marks with
 * `earthsearch:boa_offset_applied`; its `sentinel-2-c1-l2a` has no such mark, and the offset is still in.
 */
function offsetLeft(item: StacItem, baseline: number | null, datetime: number): boolean {
  if (item.properties['earthsearch:boa_offset_applied'] === true) return false
  if (baseline !== null) return baseline >= OFFSET_BASELINE
  // Collection 1 is baseline 05.00 and later throughout.
  return datetime >= OFFSET_START || item.collection === 'sentinel-2-c1-l2a'
}

/** Sensing time in milliseconds since 1970; a time without zone is UTC. */
function sensingTime(item: StacItem): number {
  const text = item.properties.datetime ?? item.properties.start_datetime ?? ''
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes('T') ? text : `${text}Z`
  const time = Date.parse(zoned)
  if (Number.isNaN(time)) {
    throw incomplete(item.id, 'has no datetime', 'Scenes are chosen by sensing time; add it to the item.')
  }
  return time
}

function missingBands(id: string, missing: readonly BandName[], notPublic: readonly BandName[]): StudioError {
  const list = missing.join(', ')
  return notPublic.length === missing.length
    ? incomplete(
        id,
        `has ${list} only as JPEG 2000 in a bucket that is not public`,
        'Use a catalog that has cloud-optimised GeoTIFF, or download the products and name their folder.',
      )
    : incomplete(
        id,
        `has no GeoTIFF or JPEG 2000 of ${list}`,
        'A scene needs SCL, B02 to B09, B8A, B11 and B12, each as an asset of its own.',
      )
}

function incomplete(id: string, what: string, hint: string, cause?: unknown): StudioError {
  return new StudioError('scene-incomplete', `Scene ${id} ${what}.`, {
    hint,
    context: { item: id },
    ...(cause === undefined ? {} : { cause }),
  })
}
