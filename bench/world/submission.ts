import { quotedString } from '@duckdb/node-api'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BAND_NAMES, BANDS, PIXEL_SIZE } from '../../src-shared/dataset/bands'
import { DAY_MS, isoSeconds } from '../../src-shared/footprint/time'
import { BEAMS } from '../../src-shared/settings/footprint-settings'
import { gridBounds } from '../../src-worker/catalog/grid-outline'
import { withDatabase } from '../../src-worker/footprints/database'
import { beamCode } from '../../src-worker/footprints/shot-columns'
import { randomNumbers } from './footprints'
import { outlineOf } from './outline'
import { writeTiff, type TiffSpec } from './tiff'

/** Tracks of granules over Central Europe, and footprints that a subset has of each beam of one. */
const GRANULES = 3000
const BEAM_FOOTPRINTS = 250
export const SUBMITTED = GRANULES * BEAMS.length * BEAM_FOOTPRINTS

/** Where they lie, and how far north a track comes on its way through: the orbit's azimuth is some 63.5 degrees there. */
const AREA = { west: 7, east: 17, south: 46.2, north: 52 }
const CLIMB = 3.4
/** Shots of a beam on its way through, 60 m apart. */
const SHOTS = 12_400
/** Degrees of latitude from beam to beam: 600 m across the track. */
const ACROSS = 600 / 111_320 / Math.sin((63.5 * Math.PI) / 180)

/** Two years with a pass over every tile each five days. */
const FIRST = Date.UTC(2019, 0, 2, 10, 20, 31)
const YEARS_MS = 730 * DAY_MS
const REVISIT_MS = 5 * DAY_MS
const PASSES = YEARS_MS / REVISIT_MS

const ZONES = [32, 33]
const [COLUMNS, ROWS] = ['LMNPQ', 'STUVWXY']
export const SUBMITTED_SCENES = ZONES.length * COLUMNS.length * ROWS.length * PASSES

/** The table of footprints and the imagery folder of the submission that is timed. */
export function submission(folder: string): { table: string; source: string } {
  return { table: join(folder, 'subset.csv'), source: join(folder, 'imagery') }
}

/**
 * Writes a subset table of six million footprints in random order, and a folder with the STAC items of all scenes of
 * two years over 70 tiles, with terrain and land cover. All scenes name the same twelve rasters, which have the layout
 * of whole bands and nearly no pixels: planning reads headers only.
 */
export async function makeSubmission(folder: string): Promise<void> {
  const { table, source } = submission(folder)
  await mkdir(join(source, 'bands'), { recursive: true })
  await writeTable(folder, table)
  await writeItems(source)
  await writeRasters(source)
}

async function writeTable(folder: string, table: string): Promise<void> {
  const limits = { memoryMb: 1536, tempDirectory: join(folder, 'spill') }
  await withDatabase(limits, async (database) => {
    await database.run('SELECT setseed(0.5)')
    await database.run(`CREATE TABLE granules AS SELECT granule, 2000 + granule * 4 AS orbit,
        ${FIRST} + floor(granule * ${YEARS_MS / GRANULES})::BIGINT AS time, random() < 0.5 AS rises,
        ${AREA.south} + ${AREA.north - AREA.south - CLIMB - 0.1} * random() AS lat
      FROM range(${GRANULES}) AS granules(granule)`)
    const beams = BEAMS.map((beam, place) => `(${beamCode(beam)}, ${place})`).join(', ')
    await database.run(`CREATE TABLE shots AS SELECT granule, code, place,
        floor((shot + random()) * ${SHOTS / BEAM_FOOTPRINTS})::INTEGER AS shot
      FROM range(${GRANULES}) AS granules(granule), (VALUES ${beams}) AS beams(code, place),
        range(${BEAM_FOOTPRINTS}) AS shots(shot) ORDER BY random()`)
    await database.run(`COPY (SELECT agbd::FLOAT AS agbd, (agbd * 0.1)::FLOAT AS agbd_se,
        ${AREA.west} + ${AREA.east - AREA.west} * way AS lon_lowestmode,
        lat + ${CLIMB} * (CASE WHEN rises THEN way ELSE 1 - way END) + ${ACROSS} * place AS lat_lowestmode,
        (orbit * 10000000000000 + code * 100000000000 + shot)::UBIGINT AS shot_number,
        76479369.123456 + shot * 0.008264462 AS delta_time,
        1 AS l2_quality_flag, 1 AS l4_quality_flag, 1 AS surface_flag,
        format('GEDI04_A_{}_O{:05d}_02_T00001_02_002_02_V002.h5', strftime(taken, '%Y%j%H%M%S'), orbit) AS "GEDI Filename",
        strftime(taken, '%Y-%m-%dT%H:%M:%SZ') AS acquisition_time
      FROM (SELECT *, shot / ${SHOTS}::DOUBLE AS way, 1 - 80 * ln(1 - random()) AS agbd,
        make_timestamp_ms(time) AS taken FROM shots JOIN granules USING (granule))
      ) TO ${quotedString(table)} (FORMAT csv, HEADER true, DELIMITER ';')`)
  })
}

/** An item collection for each tile, as a search of a STAC API leaves it. */
async function writeItems(source: string): Promise<void> {
  const random = randomNumbers(7)
  for (const zone of ZONES) {
    for (const [column, letter] of Array.from(COLUMNS).entries()) {
      for (const [row, other] of Array.from(ROWS).entries()) {
        const tile = `${zone}U${letter}${other}`
        const grid = { x0: 300_000 + column * 100_000, y0: 5_200_020 + row * 100_000, ...SIZE }
        const features = Array.from({ length: PASSES }, (_, pass) =>
          item({ tile, epsg: 32_600 + zone, grid }, FIRST + pass * REVISIT_MS, 90 * random()),
        )
        await writeFile(join(source, `${tile}.json`), JSON.stringify({ type: 'FeatureCollection', features }))
      }
    }
  }
}

const SIZE = { width: 10_980, height: 10_980 }

function item(
  { tile, epsg, grid }: { tile: string; epsg: number; grid: Parameters<typeof gridBounds>[1] },
  time: number,
  cloudCover: number,
): object {
  const stamp = isoSeconds(time).replaceAll(/[-:Z]/g, '')
  const bbox = gridBounds(epsg, grid)
  const assets = BANDS.map(({ name, resolution }) => [
    name,
    {
      href: `bands/${name}.tif`,
      type: 'image/tiff; application=geotiff; profile=cloud-optimized',
      roles: ['data'],
      'proj:transform': [resolution, 0, grid.x0, 0, -resolution, grid.y0],
      'proj:shape': [(grid.height * PIXEL_SIZE) / resolution, (grid.width * PIXEL_SIZE) / resolution],
    },
  ])
  return {
    ...{ type: 'Feature', stac_version: '1.0.0', id: `S2A_MSIL2A_${stamp}_N0214_R022_T${tile}_${stamp}` },
    ...{ collection: 'sentinel-2-l2a', bbox, geometry: outlineOf(bbox), links: [] },
    properties: {
      datetime: isoSeconds(time),
      'eo:cloud_cover': cloudCover,
      'proj:epsg': epsg,
      's2:processing_baseline': '02.14',
    },
    assets: Object.fromEntries(assets) as object,
  }
}

/** Twelve bands, and the cells of terrain and land cover: a block each, the others are left out of the file. */
async function writeRasters(source: string): Promise<void> {
  const only = { left: 0, right: 1, top: 0, bottom: 1 }
  const one = (path: string, spec: Omit<TiffSpec, 'compress' | 'only'>): Promise<void> =>
    writeTiff(path, { ...spec, compress: true, only }, (_, row) => row.fill(4))
  for (const name of BAND_NAMES) {
    const { resolution } = BANDS.find((band) => band.name === name) ?? { resolution: PIXEL_SIZE }
    const pixels = (SIZE.width * PIXEL_SIZE) / resolution
    const type = name === 'SCL' ? ('uint8' as const) : ('uint16' as const)
    const place = { epsg: 32_632, x0: 300_000, y0: 5_200_020, pixel: resolution, pixelIsPoint: false }
    await one(join(source, 'bands', `${name}.tif`), {
      width: pixels,
      height: pixels,
      block: 512,
      type,
      ...place,
    })
  }
  for (let lat = Math.floor(AREA.south) - 1; lat <= AREA.north + 1; lat++) {
    for (let lon = AREA.west - 1; lon <= AREA.east; lon++) {
      const cell = `N${lat}_00_E${String(lon).padStart(3, '0')}_00`
      const place = { epsg: 4326, x0: lon - 0.5 / 3600, y0: lat + 1 + 0.5 / 3600, pixel: 1 / 3600 }
      const size = { width: 3600, height: 3600, block: 1024, type: 'float32' as const, pixelIsPoint: true }
      await one(join(source, `Copernicus_DSM_COG_10_${cell}_DEM.tif`), { ...place, ...size })
    }
  }
  for (let lat = 45; lat <= AREA.north; lat += 3) {
    for (let lon = 6; lon <= AREA.east; lon += 3) {
      const cell = `N${lat}E${String(lon).padStart(3, '0')}`
      const place = { epsg: 4326, x0: lon, y0: lat + 3, pixel: 1 / 12_000 }
      const size = { width: 36_000, height: 36_000, block: 1024, type: 'uint8' as const, pixelIsPoint: false }
      await one(join(source, `ESA_WorldCover_10m_2020_v100_${cell}_Map.tif`), { ...place, ...size })
    }
  }
}
