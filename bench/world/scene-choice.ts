import { quotedString } from '@duckdb/node-api'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scene } from '../../src-shared/catalog/scene'
import { BAND_NAMES, BANDS } from '../../src-shared/dataset/bands'
import { gridBounds } from '../../src-worker/catalog/grid-outline'
import { withDatabase } from '../../src-worker/footprints/database'
import { writeCatalog, type CatalogFiles } from '../../src-worker/plan/catalog-store'
import { randomNumbers } from './footprints'

export const FOOTPRINTS = 1_000_000
/** Scenes of 100 grids in two UTM zones, one a week. */
export const SCENES = 5000
const ZONES = [32632, 32633]
const COLUMNS = 5
const ROWS = 10
const DATES = SCENES / (ZONES.length * COLUMNS * ROWS)
const WEEK_MS = 7 * 86_400_000
const FIRST = Date.UTC(2020, 0, 2, 10, 20, 31)
/** Metres from one grid to the next; they overlap by 9.8 km as those of Sentinel-2 do. */
const STEP = 100_000

/** What a plan of many footprints over many scenes is made from. */
export interface SceneChoice {
  table: string
  catalog: CatalogFiles
}

export function sceneChoice(folder: string): SceneChoice {
  const catalog = { scenes: join(folder, 'scenes.parquet'), tiles: join(folder, 'tiles.json') }
  return { table: join(folder, 'subset.csv'), catalog }
}

/** Writes a subset table of a million footprints of one year in central Europe, and a catalog of 5000 scenes there. */
export async function makeSceneChoice(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const { table, catalog } = sceneChoice(folder)
  await withDatabase(
    { memoryMb: 1024, threads: 1, tempDirectory: join(folder, 'spill') },
    async (database) => {
      await writeCatalog(database, { scenes: scenes(), dem: [], landcover: [] }, catalog)
      await database.run('SELECT setseed(0.25)')
      await database.run(
        `COPY (SELECT (10 + 100 * random())::FLOAT AS agbd, (1 + 4 * random())::FLOAT AS agbd_se,
         7 + 10.5 * random() AS lon_lowestmode, 45.2 + 7.5 * random() AS lat_lowestmode,
         (83310020000090071 + range * 13)::UBIGINT AS shot_number, 76479369.123456 + range / 1000 AS delta_time,
         1 AS l2_quality_flag, 1 AS l4_quality_flag, 1 AS surface_flag,
         'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5' AS "GEDI Filename",
         strftime(TIMESTAMP '2020-01-01' + to_days((random() * 365)::INTEGER), '%Y-%m-%dT04:11:09Z') AS acquisition_time
       FROM range(${FOOTPRINTS})) TO ${quotedString(table)} (FORMAT csv, HEADER true, DELIMITER ';')`,
      )
    },
  )
}

function scenes(): Scene[] {
  const random = randomNumbers(3)
  return ZONES.flatMap((epsg) =>
    Array.from({ length: COLUMNS * ROWS }, (_, place) => {
      const grid = {
        x0: 300_000 + (place % COLUMNS) * STEP,
        y0: 5_100_020 + Math.floor(place / COLUMNS) * STEP,
        width: 10_980,
        height: 10_980,
      }
      const bounds = gridBounds(epsg, grid)
      return Array.from({ length: DATES }, (__, date): Scene => {
        const id = `S2A_MSIL2A_${epsg}_${place}_${date}`
        return {
          id,
          product: id,
          datetime: FIRST + date * WEEK_MS + Math.floor(random() * WEEK_MS),
          cloudCover: 90 * random(),
          baseline: 2.14,
          epsg,
          grid,
          addOffsets: BANDS.map(() => 0),
          bounds,
          bands: Object.fromEntries(BAND_NAMES.map((name) => [name, `${id}/${name}.tif`])) as Scene['bands'],
        }
      })
    }).flat(),
  )
}
