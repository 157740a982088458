import { quotedString } from '@duckdb/node-api'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BEAMS } from '../../src-shared/settings/footprint-settings'
import { isoSeconds } from '../../src-shared/footprint/time'
import { withDatabase } from '../../src-worker/footprints/database'
import { writeDurably } from '../../src-worker/files/durable-file'
import { INGEST_FORMAT, sidecarPath, type GranuleSummary } from '../../src-worker/footprints/granule-summary'

/** Granules of which some 71 % of the shots pass the default filters: five and twenty million in all. */
export const GRANULES = 50
export const MANY_GRANULES = 200
const SHOTS = 141_000
const DAY_MS = 86_400_000
/** Granules lie evenly over so many days, so that both splits get some. */
const DAYS = 700
const FIRST = Date.UTC(2020, 0, 3, 4, 11, 9)

interface MadeGranule {
  name: string
  time: number
  firstShot: bigint
  parquet: string
}

function granules(folder: string, count: number): MadeGranule[] {
  return Array.from({ length: count }, (_, index) => {
    const time = FIRST + Math.floor((index * DAYS) / count) * DAY_MS
    const day = Math.floor((time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / DAY_MS) + 1
    const stamp = `${isoSeconds(time).slice(0, 4)}${String(day).padStart(3, '0')}041109`
    const orbit = String(6000 + index).padStart(5, '0')
    const name = `GEDI04_A_${stamp}_O${orbit}_02_T00001_02_002_02_V002.h5`
    const firstShot = BigInt(6000 + index) * 10_000_000_000_000n
    return { name, time, firstShot, parquet: join(folder, name.replace('.h5', '.parquet')) }
  })
}

/** Paths of the tables of ingested granules. */
export function shotTables(folder: string, count: number): string[] {
  return granules(folder, count).map(({ parquet }) => parquet)
}

/** Writes tables as ingesting so many granules of 141,000 shots leaves them, with their sidecars. */
export async function makeShotTables(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true })
  await withDatabase(
    { memoryMb: 1024, threads: 1, tempDirectory: join(folder, 'spill') },
    async (database) => {
      await database.run('SELECT setseed(0.5)')
      for (const granule of granules(folder, count)) {
        await database.run(
          `COPY (${shotsOf(granule)}) TO ${quotedString(granule.parquet)} (FORMAT parquet, COMPRESSION zstd)`,
        )
        await writeDurably(sidecarPath(granule.parquet), JSON.stringify(summaryOf(granule)))
      }
    },
  )
}

function shotsOf({ firstShot }: MadeGranule): string {
  const flag = (share: number): string => `(random() < ${share})::UTINYINT`
  return `SELECT (shot % ${BEAMS.length})::UTINYINT AS beam, agbd::FLOAT AS agbd,
      (agbd * (0.03 + 0.5 * random()))::FLOAT AS agbd_se,
      -180 + 360 * random() AS lon_lowestmode, -51 + 102 * random() AS lat_lowestmode,
      (${firstShot} + shot * 13)::UBIGINT AS shot_number, 76479369.123456 + shot * 0.008264462 AS delta_time,
      ${flag(0.85)} AS l2_quality_flag, ${flag(0.92)} AS l4_quality_flag, ${flag(0.97)} AS surface_flag,
      (0.9 + 0.09 * random())::FLOAT AS sensitivity, (-50 + 100 * random())::FLOAT AS solar_elevation,
      0::UTINYINT AS degrade_flag
    FROM (SELECT range AS shot, 1 - 80 * ln(1 - random()) AS agbd FROM range(${SHOTS}))`
}

function summaryOf({ name, time, firstShot }: MadeGranule): GranuleSummary {
  return {
    format: INGEST_FORMAT,
    path: name,
    name,
    size: 0,
    mtimeMs: 0,
    acquisitionTime: time,
    beams: [...BEAMS],
    shots: SHOTS,
    withoutPosition: 0,
    repeatedShots: 0,
    missingColumns: [],
    shotRange: { first: String(firstShot), last: String(firstShot + BigInt((SHOTS - 1) * 13)) },
  }
}
