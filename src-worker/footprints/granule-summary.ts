import { readFile } from 'node:fs/promises'
import { throwIfCancelled } from '../../src-shared/errors/studio-error'
import { z } from 'zod'
import { countSchema, withDatabase, type Database } from './database'
import type { GranuleFile } from './granule-search'
import { shotNumberSchema } from '../../src-shared/footprint/footprint'
import { OPTIONAL_COLUMNS } from './shot-columns'
import { globLiteral } from './table'

/** Version of the Parquet files and sidecars; another one is ingested again. */
export const INGEST_FORMAT = 1

/** What stands in the sidecar beside a granule's Parquet file. */
export const granuleSummarySchema = z.object({
  format: z.literal(INGEST_FORMAT),
  /** The granule as it was read: path, file name, bytes, time of the last change in milliseconds since 1970. */
  path: z.string(),
  name: z.string(),
  size: z.number().nonnegative(),
  mtimeMs: z.number(),
  /** Time of the granule by its name, milliseconds since 1970-01-01 UTC. */
  acquisitionTime: z.number(),
  beams: z.array(z.string()),
  /** Shots in the Parquet file. */
  shots: z.int().nonnegative(),
  /** Shots left out because they have no finite position or time. */
  withoutPosition: z.int().nonnegative(),
  /** Shots left out because an earlier one in the file has the same number. */
  repeatedShots: z.int().nonnegative(),
  /** Optional columns that at least one beam lacks. */
  missingColumns: z.array(z.enum(OPTIONAL_COLUMNS)),
  /** Smallest and largest shot number; null without shots. */
  shotRange: z.object({ first: shotNumberSchema, last: shotNumberSchema }).nullable(),
})
export type GranuleSummary = z.infer<typeof granuleSummarySchema>

/** Path of the sidecar of a Parquet file: `x.parquet` -> `x.json`. */
export function sidecarPath(parquet: string): string {
  return `${parquet.replace(/\.parquet$/, '')}.json`
}

/** Reads a sidecar; null when there is none, or none of this format. */
async function readSidecar(parquet: string): Promise<GranuleSummary | null> {
  try {
    return granuleSummarySchema.parse(JSON.parse(await readFile(sidecarPath(parquet), 'utf8')))
  } catch {
    return null
  }
}

/** A granule and the Parquet file that it is ingested into. */
interface GranuleTable {
  granule: GranuleFile
  parquet: string
}

/**
 * The summaries of granules that were ingested before, in their order; null for one that must be ingested (again): the
 * source has changed, or the Parquet file is missing, damaged or of another number of rows.
 * @throws StudioError `cancelled`
 */
export async function ingestedSummaries(
  tables: readonly GranuleTable[],
  signal?: AbortSignal,
): Promise<(GranuleSummary | null)[]> {
  const summaries = await Promise.all(tables.map(unchangedSummary))
  if (summaries.every((summary) => summary === null)) return summaries
  // One database for all of them: making one takes longer than reading a hundred footers.
  const options = { memoryMb: 64, threads: 1, tempDirectory: `${tables[0].parquet}.spill` }
  return withDatabase(options, async (database) => {
    const checked: (GranuleSummary | null)[] = []
    for (const [at, summary] of summaries.entries()) {
      throwIfCancelled(signal)
      const isWhole = summary !== null && (await parquetRows(database, tables[at].parquet)) === summary.shots
      checked.push(isWhole ? summary : null)
    }
    return checked
  })
}

/** The sidecar of a granule whose size and time are still those of the sidecar. */
async function unchangedSummary({ granule, parquet }: GranuleTable): Promise<GranuleSummary | null> {
  const summary = await readSidecar(parquet)
  if (summary === null) return null
  const same =
    summary.name === granule.name && summary.size === granule.size && summary.mtimeMs === granule.mtimeMs
  return same ? summary : null
}

/** Rows of a Parquet file by its footer; null when it has no readable one. */
export async function parquetRows(database: Database, path: string): Promise<number | null> {
  const sql = `SELECT num_rows AS rows FROM parquet_file_metadata(${globLiteral(path)})`
  const row = await database.row(sql, z.object({ rows: countSchema })).catch(() => null)
  return row === null ? null : row.rows
}
