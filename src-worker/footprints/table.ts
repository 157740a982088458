import { quotedIdentifier, quotedString } from '@duckdb/node-api'
import { StudioError } from '../../src-shared/errors/studio-error'
import { TABLE_COLUMNS, type TableColumn } from '../../src-shared/footprint/footprint'
import type { Database } from './database'
import { COLUMN_TYPES, columnDefinitions } from './table-columns'
import { findTableFault } from './table-fault'
import { readTableHeader, type TableHeader } from './table-header'

/**
 * Reads a combined or subset table into a new database table with the columns of TABLE_COLUMNS: agbd and agbd_se
 * FLOAT, lon_lowestmode, lat_lowestmode and delta_time DOUBLE, shot_number UBIGINT, flags UTINYINT, `GEDI Filename`
 * VARCHAR without folder, acquisition_time TIMESTAMP in UTC; `rowid` is the row of the file. The file may be another
 * program's: `,`, `;` or tab, quoted fields, any order of columns, further columns, a byte order mark, times with
 * fractions of a second or another zone.
 * @param name of the new table
 * @throws StudioError `input-missing`; `table-invalid` with line and column; `cancelled`, `disk-full`
 */
export async function importTable(
  database: Database,
  path: string,
  name: string,
  signal?: AbortSignal,
): Promise<{ rows: number }> {
  const header = await readTableHeader(path)
  const table = quotedIdentifier(name)
  await database.run(`CREATE TABLE ${table} (${columnDefinitions()})`)
  try {
    const columns = TABLE_COLUMNS.map(checkedColumn).join(', ')
    const sql = `INSERT INTO ${table} SELECT ${columns} FROM ${csvSource(path, header)}`
    return { rows: await database.run(sql, { signal, file: path }) }
  } catch (thrown) {
    await database.run(`DROP TABLE ${table}`)
    throw await explain(thrown, path, header, signal)
  }
}

/** SQL string of the path of a file to read: DuckDB takes it for a pattern, and brackets take meaning from letters. */
export function globLiteral(path: string): string {
  return quotedString(path.replace(/[*?[]/g, '[$&]'))
}

function csvSource(path: string, { delimiter, columns }: TableHeader): string {
  const types = columns.map((column, index) =>
    column === null
      ? `${quotedString(`extra ${index}`)}: 'VARCHAR'`
      : `${quotedString(column)}: ${quotedString(COLUMN_TYPES[column].parsed)}`,
  )
  return `read_csv(${globLiteral(path)}, auto_detect = false, header = true, delim = ${quotedString(delimiter)},
    quote = '"', escape = '"', columns = {${types.join(', ')}})`
}

function checkedColumn(column: TableColumn): string {
  const name = quotedIdentifier(column)
  const value = column === 'GEDI Filename' ? `parse_filename(${name}, false, 'both_slash')` : name
  const { valid, stored } = COLUMN_TYPES[column]
  return `CASE WHEN ${valid(value)} THEN ${value}::${stored} ELSE error('invalid value') END`
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
