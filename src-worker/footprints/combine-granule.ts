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
}

const failedSchema = z.object({ failed: z.int(), shots: countSchema })

/**
 * Applies the filters to one granule and adds what passes to the table of its split.
 * @param newer granules whose shots supersede those of this one
 * @param split where its footprints go; null: they are only counted
 * @throws StudioError `cancelled`, `disk-full`, `internal`
 */
export async function combineGranule(
  database: Database,
  { parquet, summary }: IngestedGranule,
  newer: readonly IngestedGranule[],
  filters: readonly ShotFilter[],
  split: Split | null,
  signal: AbortSignal,
): Promise<GranuleVerdict> {
  const options = { signal, file: parquet }
  const verdict = filters.map(({ passes }, index) => `WHEN (${passes}) IS NOT TRUE THEN ${index}`).join(' ')
  const newerFiles = newer.map((granule) => globLiteral(granule.parquet)).join(', ')
  const superseded =
    newer.length === 0 ? '' : `ANTI JOIN read_parquet([${newerFiles}]) AS newer USING (shot_number)`
  await database.run(
    `CREATE OR REPLACE TEMP TABLE judged AS
     SELECT ${REQUIRED_COLUMNS.join(', ')}, CASE ${verdict} ELSE -1 END::INTEGER AS failed
     FROM (SELECT *, ${timestamp(summary.acquisitionTime)} AS acquired FROM read_parquet(${globLiteral(parquet)})) AS shots
     ${superseded}`,
    options,
  )
  const counts = await database.rows(
    'SELECT failed, count(*) AS shots FROM judged GROUP BY failed',
    failedSchema,
    options,
  )
  const count = (failed: number): number => counts.find((row) => row.failed === failed)?.shots ?? 0
  if (split !== null) {
    await database.run(
      `INSERT INTO ${keptTable(split)} (${REQUIRED_COLUMNS.join(', ')}, "GEDI Filename", acquisition_time)
       SELECT * EXCLUDE (failed), ${quotedString(summary.name)}, ${timestamp(summary.acquisitionTime)}
       FROM judged WHERE failed = -1`,
      options,
    )
  }
  return {
    newest: counts.reduce((sum, { shots }) => sum + shots, 0),
    removed: filters.map((_, index) => count(index)),
    passed: count(-1),
  }
}
