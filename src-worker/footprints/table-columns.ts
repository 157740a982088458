import { quotedIdentifier } from '@duckdb/node-api'
import { TABLE_COLUMNS, type TableColumn } from '../../src-shared/footprint/footprint'

interface ColumnType {
  /** Type in the database. */
  stored: string
  /**
   * Type in which the CSV reader parses the column. Wider than `stored` where DuckDB would round silently: it takes
   * `8.3e16` for a UBIGINT and `1.4` for a UTINYINT.
   */
  parsed: string
  /** SQL condition that a parsed value must fulfil. */
  valid: (value: string) => string
}

const finite = (value: string): string => `isfinite(${value})`
const within = (limit: number) => (value: string) => `${value} BETWEEN -${limit} AND ${limit}`
const flag: ColumnType = {
  stored: 'UTINYINT',
  parsed: 'DOUBLE',
  valid: (value) => `${value} BETWEEN 0 AND 255 AND ${value} = floor(${value})`,
}

/** Types of the columns of the combined and subset tables (SPEC 1 and 2). */
export const COLUMN_TYPES: Readonly<Record<TableColumn, ColumnType>> = {
  agbd: { stored: 'FLOAT', parsed: 'FLOAT', valid: finite },
  agbd_se: { stored: 'FLOAT', parsed: 'FLOAT', valid: finite },
  lon_lowestmode: { stored: 'DOUBLE', parsed: 'DOUBLE', valid: within(180) },
  lat_lowestmode: { stored: 'DOUBLE', parsed: 'DOUBLE', valid: within(90) },
  shot_number: {
    stored: 'UBIGINT',
    parsed: 'VARCHAR',
    valid: (value) => `regexp_full_match(${value}, ' *[0-9]{1,20} *')`,
  },
  delta_time: { stored: 'DOUBLE', parsed: 'DOUBLE', valid: finite },
  l2_quality_flag: flag,
  l4_quality_flag: flag,
  surface_flag: flag,
  'GEDI Filename': { stored: 'VARCHAR', parsed: 'VARCHAR', valid: (value) => `${value} <> ''` },
  acquisition_time: { stored: 'TIMESTAMP', parsed: 'TIMESTAMPTZ', valid: finite },
}

/**
 * The columns of a table with their types, for `CREATE TABLE`.
 * @param granuleType SQL name of another type of the granules' names
 */
export function columnDefinitions(granuleType?: string): string {
  return TABLE_COLUMNS.map((name) => {
    const stored =
      name === 'GEDI Filename' ? (granuleType ?? COLUMN_TYPES[name].stored) : COLUMN_TYPES[name].stored
    return `${quotedIdentifier(name)} ${stored} NOT NULL`
  }).join(', ')
}
