import type { Bounds, Tile } from '../../src-shared/catalog/scene'
import { StudioError } from '../../src-shared/errors/studio-error'
import { fileStem } from './href'
import { rasterFormat } from './sentinel2-bands'
import { horizontalBounds, type StacItem } from './stac-schema'
import { parseTileName, type TileKind } from './tile-name'

/** Keys of the asset that holds the raster, at Planetary Computer, Earth Search and in stactools' items. */
const RASTER_KEYS = ['data', 'map', 'elevation', 'dem']

/** Map year of each version of ESA WorldCover. */
const YEAR_OF_VERSION: ReadonlyMap<string, number> = new Map([
  ['1', 2020],
  ['2', 2021],
])

/**
 * Reads a DEM or land-cover item of any catalog. Cell and year come from the file's name where it is one of the
 * known ones, else from the item's `bbox`, times and product version.
 * @param resolveHref Turns an href of the item into an absolute path or URL.
 * @throws StudioError `catalog-invalid` naming the item and what it lacks.
 */
export function parseTileItem(item: StacItem, kind: TileKind, resolveHref: (href: string) => string): Tile {
  const href = rasterHref(item)
  if (href === null) throw invalid(item.id, 'has no GeoTIFF asset')
  const resolved = resolveHref(href)
  const name = fileStem(resolved)
  const named = parseTileName(name)
  const bounds = named?.bounds ?? bboxOf(item)
  if (bounds === null) throw invalid(item.id, 'has no bbox')
  const collection = item.collection ?? null
  const common = { name, href: resolved, bounds, ...(collection === null ? {} : { collection }) }
  if (kind === 'dem') return { ...common, year: null }
  const year = named?.year ?? mapYear(item)
  if (year === null) throw invalid(item.id, 'does not tell the year of its map')
  return { ...common, year }
}

/** The href of an item's raster: by asset key, else the first GeoTIFF of role `data`, else the first GeoTIFF. */
export function rasterHref(item: StacItem): string | null {
  const rasters = Object.entries(item.assets).filter(
    ([, asset]) => typeof asset.href === 'string' && rasterFormat(asset) === 'geotiff',
  )
  const chosen =
    rasters.find(([key]) => RASTER_KEYS.includes(key)) ??
    rasters.find(([, asset]) => asset.roles?.includes('data')) ??
    rasters.at(0)
  return chosen?.[1].href ?? null
}

function bboxOf(item: StacItem): Bounds | null {
  const bounds = horizontalBounds(item.bbox)
  return bounds !== null && bounds[1] < bounds[3] ? bounds : null
}

function mapYear({ properties }: StacItem): number | null {
  const version = properties['esa_worldcover:product_version']?.replace(/^v/i, '').charAt(0) ?? ''
  const known = YEAR_OF_VERSION.get(version)
  if (known !== undefined) return known
  const year = Number((properties.start_datetime ?? properties.datetime ?? '').slice(0, 4))
  return Number.isInteger(year) && year > 0 ? year : null
}

function invalid(id: string, what: string): StudioError {
  return new StudioError('catalog-invalid', `Tile ${id} ${what}.`, {
    hint: 'The item must have a GeoTIFF asset and a bbox, and land cover its year (start_datetime).',
    context: { item: id },
  })
}
