import { StudioError } from '../../src-shared/errors/studio-error'
import { withDatabase, type Database, type DatabaseOptions } from '../footprints/database'
import { compareNames } from '../footprints/granule-name'
import { newerOverlapping, type IngestedGranule } from '../footprints/granule-overlap'
import { globLiteral } from '../footprints/table'
import type { JobContext } from '../process/context'
import { orderOnMap, placesFor, shotValuesFor, type Origin, type Places, type ShotValues } from './columns'
import { readVector, type Target } from './read-vector'
import { hiddenUnder, kindsOf, needBits, type Version } from './versions'

/** All footprints of a project, ready to be filtered. */
export interface ShotWorld {
  places: Places
  values: ShotValues
  /** Key of each row, ascending, see `keyAt`. */
  keys: Uint32Array
  origins: Origin[]
  /** Whether filters apply; footprints of given tables are all kept, each in its table's split. */
  filterable: boolean
}

/**
 * Loads the shots of ingested granules. Of several versions of a shot, those are there that count under some settings.
 * Progress counts shots.
 * @throws StudioError `project-invalid` with the Parquet file that is missing or damaged; `cancelled`
 */
export async function loadGranules(
  granules: readonly IngestedGranule[],
  options: DatabaseOptions,
  ctx: Pick<JobContext, 'signal' | 'progress'>,
): Promise<ShotWorld> {
  const sorted = granules.toSorted((a, b) => compareNames(a.summary.name, b.summary.name))
  const capacity = sorted.reduce((sum, { summary }) => sum + summary.shots, 0)
  const places = placesFor(capacity)
  const values = shotValuesFor(capacity)
  const origins = sorted.map(({ summary }): Origin => ({
    granule: summary.name,
    acquired: summary.acquisitionTime,
    split: null,
    lacks: needBits(summary.missingColumns),
  }))
  const newer = newerOverlapping(sorted)
  const older = inverse(newer)
  let rows = 0
  // The files are small, and one thread reads them as fast as several.
  await withDatabase({ ...options, threads: 1 }, async (database) => {
    // Newest first: a damaged file is met as itself before it is met as a newer version of another one.
    for (const [place, granule] of [...sorted.entries()].reverse()) {
      const others = { newer: newer.get(granule) ?? [], older: older.get(granule) ?? [] }
      const target = { places, values, at: rows }
      const read = await readGranule(database, granule, others, target, ctx.signal)
      places.origin.fill(place, rows, rows + read)
      rows += read
      ctx.progress(rows, capacity)
    }
  })
  const { beam, sensitivity, elevation, degrade, hidden } = values
  const more = [beam, sensitivity, elevation, degrade, hidden]
  const { keys } = await orderOnMap(places, rows, more, ctx.signal)
  return { places, values, keys, origins, filterable: true }
}

/** From "which are newer" to "which are older". */
function inverse(
  newer: ReadonlyMap<IngestedGranule, readonly IngestedGranule[]>,
): Map<IngestedGranule, IngestedGranule[]> {
  const older = new Map<IngestedGranule, IngestedGranule[]>()
  for (const [granule, others] of newer) {
    for (const other of others) older.set(other, [...(older.get(other) ?? []), granule])
  }
  return older
}

interface Loading {
  places: Places
  values: ShotValues
  /** First row to fill. */
  at: number
}

/** @returns rows that were read */
async function readGranule(
  database: Database,
  granule: IngestedGranule,
  others: { newer: readonly IngestedGranule[]; older: readonly IngestedGranule[] },
  { places, values, at }: Loading,
  signal: AbortSignal,
): Promise<number> {
  const { parquet, summary } = granule
  const { lacks } = versionOf(granule)
  const newer = others.newer.map(versionOf)
  const incomplete = newer.filter(({ lacks }) => lacks !== 0)
  // Whether an older version counts instead matters only where this one can be left out.
  const older = lacks === 0 ? [] : others.older.map(versionOf)
  const columns: [sql: string, target: Target][] = [
    ['shots.lon_lowestmode', places.lon],
    ['shots.lat_lowestmode', places.lat],
    ['shots.agbd', places.agbd],
    ['shots.agbd_se', places.agbdSe],
    ['shots.shot_number', places.shot],
    ['shots.l2_quality_flag', places.l2],
    ['shots.l4_quality_flag', places.l4],
    ['shots.surface_flag', places.surface],
    ['shots.beam', values.beam],
    ['shots.sensitivity', values.sensitivity],
    ['shots.solar_elevation', values.elevation],
    ['shots.degrade_flag', values.degrade],
  ]
  const kinds = { newer: new Uint8Array(summary.shots), older: new Uint8Array(summary.shots) }
  const sql = `SELECT ${columns.map(([column]) => column).join(', ')},
    ${kindsColumn('newer', incomplete)}, ${kindsColumn('older', older)}
    FROM read_parquet(${globLiteral(parquet)}) AS shots ${withoutSuperseded(newer)}
    ${joinKinds('newer', incomplete)} ${joinKinds('older', older)}`
  let read = 0
  try {
    for await (const chunk of database.chunks(sql, { signal, file: parquet })) {
      if (read + chunk.rowCount > summary.shots) throw damaged(parquet, 'It has more rows than it should.')
      columns.forEach(([, target], index) => readVector(chunk, index, target, at + read))
      readVector(chunk, columns.length, kinds.newer, read)
      readVector(chunk, columns.length + 1, kinds.older, read)
      read += chunk.rowCount
    }
  } catch (thrown) {
    throw thrown instanceof StudioError && thrown.tag === 'internal'
      ? damaged(parquet, thrown.message)
      : thrown
  }
  for (let row = 0; row < read; row++) {
    values.hidden[at + row] = hiddenUnder(lacks, kinds.newer[row], kinds.older[row])
  }
  return read
}

function versionOf({ parquet, summary }: IngestedGranule): Version {
  return { parquet, lacks: needBits(summary.missingColumns) }
}

/** A newer version with all columns counts under any settings: what it supersedes need not be loaded. */
function withoutSuperseded(newer: readonly Version[]): string {
  const complete = newer.filter(({ lacks }) => lacks === 0)
  if (complete.length === 0) return ''
  const files = complete.map(({ parquet }) => globLiteral(parquet)).join(', ')
  return `ANTI JOIN read_parquet([${files}]) AS superseding USING (shot_number)`
}

function kindsColumn(name: string, versions: readonly Version[]): string {
  return versions.length === 0 ? '0::UTINYINT' : `coalesce(${name}.kinds, 0)::UTINYINT`
}

function joinKinds(name: string, versions: readonly Version[]): string {
  return versions.length === 0 ? '' : `LEFT JOIN (${kindsOf(versions)}) AS ${name} USING (shot_number)`
}

function damaged(parquet: string, message: string): StudioError {
  return new StudioError('project-invalid', `The footprints of a granule cannot be read. ${message}`, {
    file: parquet,
    hint: 'Read the granules again: run with --restart-from ingest.',
  })
}
