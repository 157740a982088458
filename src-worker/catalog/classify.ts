import { fileStem } from './href'
import { findProductName } from './product-name'
import { findBandAssets } from './sentinel2-bands'
import type { StacItem } from './stac-schema'
import { rasterHref } from './tile-item'
import { parseTileName, type TileKind } from './tile-name'

export type ItemKind = 'sentinel-2' | TileKind

/** What the collections of Planetary Computer, Earth Search and others are of, by their ids. */
export const COLLECTIONS: ReadonlyMap<string, ItemKind> = new Map([
  ['sentinel-2-l2a', 'sentinel-2'],
  ['sentinel-2-c1-l2a', 'sentinel-2'],
  ['sentinel-2-pre-c1-l2a', 'sentinel-2'],
  ['sentinel-s2-l2a-cogs', 'sentinel-2'],
  ['cop-dem-glo-30', 'dem'],
  ['cop-dem-glo-90', 'dem'],
  ['esa-worldcover', 'landcover'],
])

/** Bands that an item of an unknown collection must have beside SCL to count as Sentinel-2 L2A. */
const TELLING_BANDS = ['B02', 'B03', 'B04', 'B08'] as const

/**
 * What an item is of, by its collection, else by what it holds: product type or name, names of its files, asset
 * keys. Null for everything that the program has no use for, Sentinel-2 L1C among it.
 * @param searchedFor What its collection was taken for, where the item itself does not tell.
 */
export function classifyItem(item: StacItem, searchedFor: ItemKind | null = null): ItemKind | null {
  const { properties } = item
  if (
    properties['s2:product_type'] === 'S2MSI1C' ||
    (properties['s2:product_uri'] ?? item.id).includes('MSIL1C')
  ) {
    return null
  }
  const known = COLLECTIONS.get(item.collection ?? '')
  if (known !== undefined) return known
  if (properties['s2:product_type'] === 'S2MSI2A') return 'sentinel-2'
  if (findProductName(`${properties['s2:product_uri'] ?? ''} ${item.id}`) !== null) return 'sentinel-2'
  if (typeof properties['esa_worldcover:product_version'] === 'string') return 'landcover'
  const href = rasterHref(item)
  const tile = href === null ? null : parseTileName(fileStem(href))
  if (tile !== null) return tile.kind
  const { found, notPublic } = findBandAssets(item.assets)
  const has = (band: (typeof TELLING_BANDS)[number] | 'SCL'): boolean =>
    found.has(band) || notPublic.includes(band)
  return has('SCL') && TELLING_BANDS.some(has) ? 'sentinel-2' : searchedFor
}
