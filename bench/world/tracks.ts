import { quotedString } from '@duckdb/node-api'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DAY_MS } from '../../src-shared/footprint/time'
import { BEAMS } from '../../src-shared/settings/footprint-settings'
import { withDatabase } from '../../src-worker/footprints/database'
import { writeDurably } from '../../src-worker/files/durable-file'
import { INGEST_FORMAT, sidecarPath, type GranuleSummary } from '../../src-worker/footprints/granule-summary'
import { beamCode } from '../../src-worker/footprints/shot-columns'
import { randomNumbers } from './footprints'

const GRANULES = 400
/** Shots of one beam; with eight beams and 400 granules five million in all. */
const BEAM_SHOTS = 1563
export const TRACK_SHOTS = GRANULES * BEAMS.length * BEAM_SHOTS
/** Metres between shots of a beam and between the tracks of beams (GEDI). */
const ALONG = 60
const ACROSS = 600
/** Four years, 2019 to 2022. */
const FIRST = Date.UTC(2019, 0, 2, 4, 11, 9)
const YEARS = 4
const DEGREE = 111_320

interface Track {
  name: string
  time: number
  firstShot: bigint
  parquet: string
  lon: number
  lat: number
  /** Radians from north. */
  azimuth: number
}

function tracks(folder: string): Track[] {
  const random = randomNumbers(3)
  return Array.from({ length: GRANULES }, (_, index) => {
    const time = FIRST + Math.floor((index * YEARS * 365.2) / GRANULES) * DAY_MS
    const year = new Date(time).getUTCFullYear()
    const day = Math.floor((time - Date.UTC(year, 0, 1)) / DAY_MS) + 1
    const orbit = String(2000 + index * 50).padStart(5, '0')
    const name = `GEDI04_A_${year}${String(day).padStart(3, '0')}041109_O${orbit}_02_T00001_02_002_02_V002.h5`
    return {
      name,
      time,
      firstShot: BigInt(2000 + index * 50) * 10_000_000_000_000n,
      parquet: join(folder, name.replace('.h5', '.parquet')),
      lon: 5 + 10 * random(),
      lat: 46 + 5 * random(),
      // The azimuth of the orbit (inclination 51.6 degrees) at some 46 degrees of latitude, rising and falling.
      azimuth: ((random() < 0.5 ? 63.5 : 116.5) * Math.PI) / 180,
    }
  })
}

/** Paths of the tables of the granules. */
export function trackTables(folder: string): string[] {
  return tracks(folder).map(({ parquet }) => parquet)
}

/** Writes tables as ingesting 400 granules over Central Europe leaves them, with their sidecars. */
export async function makeTracks(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await withDatabase(
    { memoryMb: 1024, threads: 1, tempDirectory: join(folder, 'spill') },
    async (database) => {
      await database.run('SELECT setseed(0.5)')
      await database.run(
        `CREATE TABLE beams AS SELECT * FROM (VALUES ${BEAMS.map((beam, place) => `(${beamCode(beam)}, ${place})`).join(', ')}) AS beams(code, place)`,
      )
      for (const track of tracks(folder)) {
        await database.run(
          `COPY (${shotsOf(track)}) TO ${quotedString(track.parquet)} (FORMAT parquet, COMPRESSION zstd)`,
        )
        await writeDurably(sidecarPath(track.parquet), JSON.stringify(summaryOf(track)))
      }
    },
  )
}

function shotsOf({ firstShot, lon, lat, azimuth }: Track): string {
  const flag = (share: number): string => `(random() < ${share})::UTINYINT`
  const east = `(along * ${Math.sin(azimuth)} + across * ${Math.cos(azimuth)})`
  const north = `(along * ${Math.cos(azimuth)} - across * ${Math.sin(azimuth)})`
  const metresOfLongitude = DEGREE * Math.cos((lat * Math.PI) / 180)
  return `SELECT code::UTINYINT AS beam, agbd::FLOAT AS agbd,
      (agbd * (0.03 + 0.5 * random()))::FLOAT AS agbd_se,
      ${lon} + ${east} / ${metresOfLongitude} AS lon_lowestmode, ${lat} + ${north} / ${DEGREE} AS lat_lowestmode,
      (${firstShot} + code * 100000000000 + shot)::UBIGINT AS shot_number,
      76479369.123456 + shot * 0.008264462 AS delta_time,
      ${flag(0.85)} AS l2_quality_flag, ${flag(0.92)} AS l4_quality_flag, ${flag(0.97)} AS surface_flag,
      (0.9 + 0.09 * random())::FLOAT AS sensitivity, (-50 + 100 * random())::FLOAT AS solar_elevation,
      (CASE WHEN random() < 0.05 THEN 3 ELSE 0 END)::UTINYINT AS degrade_flag
    FROM (SELECT code, shot, shot * ${ALONG}::DOUBLE AS along, place * ${ACROSS}::DOUBLE AS across, 1 - 80 * ln(1 - random()) AS agbd
      FROM beams, range(${BEAM_SHOTS}) AS shots(shot))`
}

function summaryOf({ name, time, firstShot }: Track): GranuleSummary {
  const last = firstShot + BigInt(Math.max(...BEAMS.map(beamCode))) * 100_000_000_000n + BigInt(BEAM_SHOTS)
  return {
    format: INGEST_FORMAT,
    path: name,
    name,
    size: 0,
    mtimeMs: 0,
    acquisitionTime: time,
    beams: [...BEAMS],
    shots: BEAMS.length * BEAM_SHOTS,
    withoutPosition: 0,
    repeatedShots: 0,
    missingColumns: [],
    shotRange: { first: String(firstShot), last: String(last) },
  }
}
