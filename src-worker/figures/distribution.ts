import { z } from 'zod'
import { countSchema, type Database } from '../footprints/database'
import type { LonLatRange } from './frame'

/** What a distribution figure counts, whatever the size of the table. */
export interface Distribution {
  /** All rows of the table. */
  rows: number
  /** 366 counts of the days of the year (UTC), day 1 first. */
  days: number[]
  /** Years in which footprints were acquired, ascending. */
  years: number[]
  /** Where the footprints lie; null where there are none. */
  range: LonLatRange | null
}

const daySchema = z.object({
  year: z.int(),
  day: z.int().min(1).max(366),
  rows: countSchema,
})
const stripSchema = z.object({
  west: z.number(),
  east: z.number(),
  south: z.number(),
  north: z.number(),
})

/**
 * Counts a table of footprints; only counts leave the database.
 * @param table a table that `importTable` made
 * @throws StudioError `cancelled`
 */
export async function readDistribution(
  database: Database,
  table: string,
  signal?: AbortSignal,
): Promise<Distribution> {
  const { rows } = await database.row(
    `SELECT count(*) AS rows FROM ${table}`,
    z.object({ rows: countSchema }),
    { signal },
  )
  const byDay = await database.rows(
    `SELECT year(acquisition_time)::INTEGER AS year, dayofyear(acquisition_time)::INTEGER AS day, count(*) AS rows
     FROM ${table} GROUP BY ALL ORDER BY year, day`,
    daySchema,
    { signal },
  )
  const strips = await database.rows(
    `SELECT min(lon_lowestmode) AS west, max(lon_lowestmode) AS east,
       min(lat_lowestmode) AS south, max(lat_lowestmode) AS north
     FROM ${table} GROUP BY floor(lon_lowestmode) ORDER BY west`,
    stripSchema,
    { signal },
  )
  const days = new Array<number>(366).fill(0)
  for (const { day, rows: count } of byDay) days[day - 1] += count
  return { rows, days, years: [...new Set(byDay.map(({ year }) => year))], range: rangeOf(strips) }
}

/**
 * The range of positions given by strips in the order of their longitude: it leaves out the widest gap on the
 * circle of longitudes, so data on both sides of the antimeridian lie side by side.
 */
export function rangeOf(strips: readonly LonLatRange[]): LonLatRange | null {
  const first = strips.at(0)
  const last = strips.at(-1)
  if (first === undefined || last === undefined) return null
  let gap = first.west + 360 - last.east
  let { west } = first
  let { east } = last
  strips.slice(1).forEach((strip, index) => {
    const before = strips[index]
    if (strip.west - before.east <= gap) return
    gap = strip.west - before.east
    west = strip.west
    east = before.east + 360
  })
  const turns = west >= 180 ? 360 : 0
  return {
    ...{ west: west - turns, east: east - turns },
    south: Math.min(...strips.map((strip) => strip.south)),
    north: Math.max(...strips.map((strip) => strip.north)),
  }
}
