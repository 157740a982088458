import type { Scene } from '../../src-shared/catalog/scene'
import { BAND_NAMES, BANDS } from '../../src-shared/dataset/bands'

/** STAC items and scenes for tests, in the shape in which the catalogs publish them. */

export interface ItemJson {
  type: string
  stac_version?: string
  id: string
  collection?: string
  bbox?: number[]
  properties: Record<string, unknown>
  assets: Record<string, Record<string, unknown>>
  links?: unknown[]
}

/** Keys of Earth Search, in the order of BANDS. */
const EARTH_SEARCH = [
  'scl',
  'blue',
  'green',
  'red',
  'rededge1',
  'rededge2',
  'rededge3',
  'nir',
  'nir08',
  'nir09',
  'swir16',
  'swir22',
]

/** An item as Planetary Computer publishes it, with hrefs relative to its own place. */
export function planetaryComputerItem(overrides: Record<string, unknown> = {}): ItemJson {
  return {
    type: 'Feature',
    stac_version: '1.0.0',
    id: 'S2A_MSIL2A_20200604T102031_R065_T32TNT_20200604T141145',
    collection: 'sentinel-2-l2a',
    bbox: [8.9, 47.7, 10.5, 48.8],
    properties: {
      datetime: '2020-06-04T10:20:31.024000Z',
      'eo:cloud_cover': 11.25,
      'proj:epsg': 32632,
      's2:processing_baseline': '02.14',
      's2:product_uri': 'S2A_MSIL2A_20200604T102031_N0214_R065_T32TNT_20200604T141145.SAFE',
      ...overrides,
    },
    assets: Object.fromEntries(
      BANDS.map(({ name, resolution }) => [
        name,
        {
          href: `./bands/${name}_${resolution}m.tif`,
          type: 'image/tiff; application=geotiff; profile=cloud-optimized',
          gsd: resolution,
          'proj:shape': [109_800 / resolution, 109_800 / resolution],
          'proj:transform': [resolution, 0, 499_980, 0, -resolution, 5_400_000],
        },
      ]),
    ),
  }
}

/** The same with the asset keys of Earth Search. */
export function earthSearchItem(overrides: Record<string, unknown> = {}): ItemJson {
  const item = planetaryComputerItem(overrides)
  const assets = BAND_NAMES.map((band, i) => [EARTH_SEARCH[i], item.assets[band]] as const)
  return { ...item, id: 'S2A_32TNT_20200604_0_L2A', assets: Object.fromEntries(assets) }
}

/** A scene of 100 x 100 pixels in zone 32, 08:00 UTC on 2020-06-07, for tests that change some of it. */
export function scene(changes: Partial<Scene> = {}): Scene {
  const id = changes.id ?? 'scene'
  return {
    id,
    product: id,
    datetime: Date.UTC(2020, 5, 7, 8),
    cloudCover: 10,
    baseline: 2.14,
    epsg: 32632,
    grid: { x0: 500_000, y0: 5_300_000, width: 100, height: 100 },
    addOffsets: BAND_NAMES.map(() => 0),
    bounds: [9, 47, 10, 48],
    bands: Object.fromEntries(BAND_NAMES.map((band) => [band, `/${id}/${band}.tif`])) as Scene['bands'],
    ...changes,
  }
}
