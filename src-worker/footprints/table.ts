import { quotedIdentifier, quotedString } from '@duckdb/node-api'
import { StudioError } from '../../src-shared/errors/studio-error'
import { TABLE_COLUMNS, type TableColumn } from '../../src-shared/footprint/footprint'
import type { Database } from './database'
import { COLUMN_TYPES, columnDefinitions } from './table-columns'
import { findTableFault } from './table-fault'
import { readTableHeader, type TableHeader } from './table-header'
import { writeTable } from './write-table'

/**
 * Reads a combined or subset table into a new database table with the columns of TABLE_COLUMNS: agbd and agbd_se
 * FLOAT, lon_lowestmode, lat_lowestmode and delta_time DOUBLE, shot_number UBIGINT, flags UTINYINT, `GEDI Filename`
 * VARCHAR without folder, acquisition_time TIMESTAMP in UTC; `rowid` is the row of the file. The file may be another
 * program's: `,`, `;` or tab, quoted fields, any order of columns, further columns, a byte order mark, times with
 * fractions of a second or another zone.
 * @param name of the new table
 * @param granules `once` keeps the name of each granule once instead of in every row, which takes reading the file twice:
 *   the column is an ENUM then, 2 instead of some 70 bytes a row
 * @throws StudioError `input-missing`; `table-invalid` with line and column; `cancelled`, `disk-full`
 */
export async function importTable(
  database: Database,
  path: string,
  name: string,
  signal?: AbortSignal,
  granules: 'once' | 'in-rows' = 'in-rows',
): Promise<{ rows: number }> {
  const header = await readTableHeader(path)
  const table = quotedIdentifier(name)
  const source = csvSource(path, header)
  const granuleType = granules === 'once' ? quotedIdentifier(`${name} granules`) : undefined
  try {
    if (granuleType !== undefined) {
      // A reader of one column fails for good at a fault in another, so all are asked for.
      const all = header.columns.map(readName).join(', ')
      const names = `SELECT DISTINCT ${GRANULE} AS granule FROM ${source} WHERE granule <> '' AND hash(${all}) <> 0`
      await database.run(`CREATE TYPE ${granuleType} AS ENUM (${names})`, { signal, file: path })
    }
    await database.run(`CREATE TABLE ${table} (${columnDefinitions(granuleType)})`)
    const sql = `INSERT INTO ${table} SELECT ${checkedColumns(granuleType)} FROM ${source}`
    return { rows: await database.run(sql, { signal, file: path }) }
  } catch (thrown) {
    await database.run(`DROP TABLE IF EXISTS ${table}`)
    if (granuleType !== undefined) await database.run(`DROP TYPE IF EXISTS ${granuleType}`)
    throw await explain(thrown, path, header, signal)
  }
}

/**
 * Writes a table that importTable could read as the program itself writes tables, row for row, without holding it.
 * @returns rows written
 * @throws StudioError as importTable and writeTable
 */
export async function rewriteTable(
  database: Database,
  path: string,
  output: string,
  signal?: AbortSignal,
): Promise<number> {
  const header = await readTableHeader(path)
  const from = `(SELECT ${checkedColumns()} FROM ${csvSource(path, header)})`
  try {
    return await writeTable(database, { from, orderBy: null }, output, signal)
  } catch (thrown) {
    throw await explain(thrown, path, header, signal)
  }
}

/** SQL string of the path of a file to read: DuckDB takes it for a pattern, and brackets take meaning from letters. */
export function globLiteral(path: string): string {
  return quotedString(path.replace(/[*?[]/g, '[$&]'))
}

/** SQL name of a column of a file as it is read. */
function readName(column: TableColumn | null, index: number): string {
  return quotedIdentifier(column ?? `extra ${index}`)
}

function csvSource(path: string, { delimiter, columns }: TableHeader): string {
  const types = columns.map((column, index) => {
    const type = column === null ? 'VARCHAR' : COLUMN_TYPES[column].parsed
    return `${readName(column, index)}: ${quotedString(type)}`
  })
  return `read_csv(${globLiteral(path)}, auto_detect = false, header = true, delim = ${quotedString(delimiter)},
    quote = '"', escape = '"', columns = {${types.join(', ')}})`
}

/** The name of a row's granule, without folder. */
const GRANULE = `parse_filename("GEDI Filename", false, 'both_slash')`

function checkedColumns(granuleType?: string): string {
  return TABLE_COLUMNS.map((name) => `${checkedColumn(name, granuleType)} AS ${quotedIdentifier(name)}`).join(
    ', ',
  )
}

function checkedColumn(column: TableColumn, granuleType: string | undefined): string {
  const isGranule = column === 'GEDI Filename'
  const value = isGranule ? GRANULE : quotedIdentifier(column)
  const { valid, stored } = COLUMN_TYPES[column]
  const type = isGranule ? (granuleType ?? stored) : stored
  return `CASE WHEN ${valid(value)} THEN ${value}::${type} ELSE error('invalid value') END`
}

async function explain(
  thrown: unknown,
  path: string,
  header: TableHeader,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (!(thrown instanceof StudioError) || thrown.tag !== 'internal') return thrown
  if (thrown.message.startsWith('Out of Memory')) return thrown
  const fault = await findTableFault(path, header, signal)
  if (fault === null) {
    return new StudioError('table-invalid', thrown.message, {
      file: path,
      hint: 'Write the table as UTF-8 text with one row a line.',
      cause: thrown,
    })
  }
  const { line, column, value, reason, advice } = fault
  const place = column === null ? `Line ${line}` : `Line ${line}, column ${column}: "${value.slice(0, 80)}"`
  return new StudioError('table-invalid', `${place} ${reason}.`, {
    file: path,
    hint: advice,
    context: { line, column, value },
  })
}
