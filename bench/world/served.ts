import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BAND_NAMES, BANDS } from '../../src-shared/dataset/bands'
import { DAY_MS, isoSeconds } from '../../src-shared/footprint/time'
import { footprintTable } from './footprints'
import { benchScene, benchTiles } from './imagery'
import { outlineOf } from './outline'

/**
 * From one scene of the served world to the one before: too long for one footprint to have two. Backwards, because
 * footprints after 2020 would want another land cover.
 */
const APART_MS = 21 * DAY_MS

/** Shot numbers begin with it. */
const FIRST_ORBIT = 8331

/** A folder that a server of imagery can serve, and the footprints to cut from it. */
export interface ServedWorld {
  folder: string
  itemsFile: string
  /** 1000 sparse footprints a scene, as a subset table. */
  table: string
}

/**
 * Makes the served world out of links to the files of the benchmark's imagery.
 * @param count of scenes: the same pixels under different addresses
 */
export async function makeServedWorld(folder: string, imagery: string, count: number): Promise<ServedWorld> {
  await mkdir(folder, { recursive: true })
  const scenes = await Promise.all(
    Array.from({ length: count }, (_, number) => linkScene(folder, imagery, number)),
  )
  const { dem, landcover } = benchTiles(imagery)
  const tiles = [
    ...(await linkTiles(folder, dem, 'cop-dem-glo-30', 'data')),
    ...(await linkTiles(folder, landcover, 'esa-worldcover', 'map')),
  ]
  const itemsFile = join(folder, 'items.json')
  await writeFile(itemsFile, JSON.stringify({ type: 'FeatureCollection', features: [...scenes, ...tiles] }))
  const table = join(folder, 'subset.csv')
  await writeFile(table, servedTable(imagery, count))
  return { folder, itemsFile, table }
}

async function linkScene(folder: string, imagery: string, number: number): Promise<object> {
  const scene = benchScene(imagery, 512)
  const own = `scene-${number}`
  await mkdir(join(folder, own))
  for (const band of BAND_NAMES) await symlink(scene.bands[band], join(folder, own, `${band}.tif`))
  const sensed = scene.datetime - number * APART_MS
  const stamp = isoSeconds(sensed).replaceAll(/[-:Z]/g, '')
  const id = scene.product.replace('20200609T101031', stamp)
  const { x0, y0, width, height } = scene.grid
  const assets = BANDS.map(({ name, resolution }) => {
    const pixels = (width * 10) / resolution
    const grid = {
      'proj:transform': [resolution, 0, x0, 0, -resolution, y0],
      'proj:shape': [(height * 10) / resolution, pixels],
    }
    return [name, { href: `${own}/${name}.tif`, type: 'image/tiff; application=geotiff', ...grid }]
  })
  const [west, south, east, north] = scene.bounds
  return {
    ...feature(id, 'sentinel-2-l2a', [west, south, east, north]),
    properties: {
      datetime: isoSeconds(sensed),
      'eo:cloud_cover': scene.cloudCover,
      'proj:epsg': scene.epsg,
      's2:processing_baseline': '02.14',
    },
    assets: Object.fromEntries(assets) as object,
  }
}

async function linkTiles(
  folder: string,
  tiles: ReturnType<typeof benchTiles>['dem'],
  collection: string,
  asset: string,
): Promise<object[]> {
  return Promise.all(
    tiles.map(async ({ name, href, bounds }) => {
      await symlink(href, join(folder, basename(href)))
      const datetime = '2020-01-01T00:00:00Z'
      return {
        ...feature(name, collection, bounds),
        properties: { datetime, 'esa_worldcover:product_version': '1.0.0' },
        assets: { [asset]: { href: basename(href), type: 'image/tiff; application=geotiff' } },
      }
    }),
  )
}

function feature(id: string, collection: string, bbox: readonly number[]): object {
  return {
    type: 'Feature',
    stac_version: '1.0.0',
    id,
    collection,
    bbox,
    geometry: outlineOf(bbox),
    links: [],
  }
}

/** The sparse footprints of the benchmark once for each scene, at its time and with shot numbers of its own. */
function servedTable(imagery: string, count: number): string {
  const scene = benchScene(imagery, 512)
  const [header, ...rows] = footprintTable(scene, 'sparse').trimEnd().split('\n')
  const all = Array.from({ length: count }, (_, number) =>
    rows.map((row) => {
      const columns = row.split(';')
      const time = Date.parse(columns[10]) - number * APART_MS
      return [
        ...columns.slice(0, 4),
        `${FIRST_ORBIT + number}${columns[4].slice(4)}`,
        ...columns.slice(5, 10),
        isoSeconds(time),
      ].join(';')
    }),
  )
  return [header, ...all.flat(), ''].join('\n')
}
