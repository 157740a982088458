import { DOUBLE, FLOAT, UBIGINT, UTINYINT, type DuckDBType } from '@duckdb/node-api'

/** Columns that every beam of a GEDI L4A granule must have, with their types (SPEC 1). */
const REQUIRED = {
  agbd: 'float32',
  agbd_se: 'float32',
  lon_lowestmode: 'float64',
  lat_lowestmode: 'float64',
  shot_number: 'uint64',
  delta_time: 'float64',
  l2_quality_flag: 'uint8',
  l4_quality_flag: 'uint8',
  surface_flag: 'uint8',
} as const

/** Columns that only optional filters need and that a granule may lack. */
const OPTIONAL = {
  sensitivity: 'float32',
  solar_elevation: 'float32',
  degrade_flag: 'uint8',
} as const

export type OptionalColumn = keyof typeof OPTIONAL
export type ShotColumn = keyof typeof REQUIRED | OptionalColumn
export type ShotType = 'float32' | 'float64' | 'uint64' | 'uint8'

export const SHOT_COLUMNS: Readonly<Record<ShotColumn, ShotType>> = { ...REQUIRED, ...OPTIONAL }
export const REQUIRED_COLUMNS = Object.keys(REQUIRED) as ShotColumn[]
export const OPTIONAL_COLUMNS = Object.keys(OPTIONAL) as [OptionalColumn, ...OptionalColumn[]]
export const ALL_COLUMNS: readonly ShotColumn[] = [...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS]

/** The database's type of each. */
export const DATABASE_TYPES: Readonly<Record<ShotType, DuckDBType>> = {
  float32: FLOAT,
  float64: DOUBLE,
  uint64: UBIGINT,
  uint8: UTINYINT,
}

/** Value that GEDI L4A writes where it has none (SPEC 1). */
export const FILL_VALUE = -9999

/** Number of a beam by its name, read as binary: `BEAM0101` -> 5. 255 for a name of another form. */
export function beamCode(beam: string): number {
  const digits = /^BEAM([01]{4})$/.exec(beam)?.at(1)
  return digits === undefined ? 255 : parseInt(digits, 2)
}
