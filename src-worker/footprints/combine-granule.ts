import { quotedIdentifier, quotedString } from '@duckdb/node-api'
import { z } from 'zod'
import { SPLITS, TABLE_COLUMNS, type Split } from '../../src-shared/footprint/footprint'
import { countSchema, type Database } from './database'
import type { IngestedGranule } from './granule-overlap'
import { REQUIRED_COLUMNS } from './shot-columns'
import { timestamp, type ShotFilter } from './shot-filter'
import { COLUMN_TYPES } from './table-columns'
import { globLiteral } from './table'

/** Name of the database table that collects the footprints of a split, with the columns of TABLE_COLUMNS. */
export function keptTable(split: Split): string {
  return `kept_${split}`
}

/** Makes the empty tables `keptTable`. Granule names repeat a million times: as an enumeration they take two bytes. */
export async function createKeptTables(database: Database, granuleNames: readonly string[]): Promise<void> {
  await database.run(`CREATE TYPE granule AS ENUM (${granuleNames.map(quotedString).join(', ')})`)
  const columns = TABLE_COLUMNS.map((name) => {
    const type = name === 'GEDI Filename' ? 'granule' : COLUMN_TYPES[name].stored
    return `${quotedIdentifier(name)} ${type}`
  })
  for (const split of SPLITS) await database.run(`CREATE TABLE ${keptTable(split)} (${columns.join(', ')})`)
}

export interface GranuleVerdict {
  /** Shots that no newer granule holds. */
  newest: number
  /** By index of the filter, the shots for which it was the first to fail. */
  removed: number[]
  /** Shots that passed all filters. */
  passed: number
  /** Of these, those that no split takes. */
  unplaced: number
}

/** Numbers that stand for the splits in queries; 0 is none. */
export const SPLIT_CODES: Readonly<Record<Split, number>> = { train: 1, test: 2 }

const judgedSchema = z.object({ failed: z.int(), place: z.int(), shots: countSchema })

/**
 * Applies the filters to one granule and adds what passes to the tables of the splits.
 * @param newer granules whose shots supersede those of this one
 * @param place SQL expression of a number of SPLIT_CODES: where a footprint goes; 0: it is only counted
 * @throws StudioError `cancelled`, `disk-full`, `internal`
 */
export async function combineGranule(
  database: Database,
  { parquet, summary }: IngestedGranule,
  newer: readonly IngestedGranule[],
  filters: readonly ShotFilter[],
  place: string,
  signal: AbortSignal,
): Promise<GranuleVerdict> {
  const options = { signal, file: parquet }
  const verdict = filters.map(({ passes }, index) => `WHEN (${passes}) IS NOT TRUE THEN ${index}`).join(' ')
  const newerFiles = newer.map((granule) => globLiteral(granule.parquet)).join(', ')
  const superseded =
    newer.length === 0 ? '' : `ANTI JOIN read_parquet([${newerFiles}]) AS newer USING (shot_number)`
  await database.run(
    `CREATE OR REPLACE TEMP TABLE judged AS
     SELECT *, CASE WHEN failed = -1 THEN ${place} ELSE 0 END::INTEGER AS place
     FROM (
       SELECT ${REQUIRED_COLUMNS.join(', ')}, CASE ${verdict} ELSE -1 END::INTEGER AS failed
       FROM (SELECT *, ${timestamp(summary.acquisitionTime)} AS acquired FROM read_parquet(${globLiteral(parquet)})) AS shots
       ${superseded}
     )`,
    options,
  )
  const counts = await database.rows(
    'SELECT failed, place, count(*) AS shots FROM judged GROUP BY ALL',
    judgedSchema,
    options,
  )
  const passed = counts.filter(({ failed }) => failed === -1)
  for (const split of SPLITS) {
    const code = SPLIT_CODES[split]
    if (!passed.some((row) => row.place === code)) continue
    await database.run(
      `INSERT INTO ${keptTable(split)} (${REQUIRED_COLUMNS.join(', ')}, "GEDI Filename", acquisition_time)
       SELECT * EXCLUDE (failed, place), ${quotedString(summary.name)}, ${timestamp(summary.acquisitionTime)}
       FROM judged WHERE place = ${code}`,
      options,
    )
  }
  return {
    newest: sumOf(counts),
    removed: filters.map((_, index) => sumOf(counts.filter(({ failed }) => failed === index))),
    passed: sumOf(passed),
    unplaced: sumOf(passed.filter((row) => row.place === 0)),
  }
}

function sumOf(counts: readonly z.infer<typeof judgedSchema>[]): number {
  return counts.reduce((sum, { shots }) => sum + shots, 0)
}
