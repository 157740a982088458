import type { TableColumn } from '../../src-shared/footprint/footprint'
import { throwIfCancelled } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import { csvRecords, splitRecord } from './csv-record'
import type { TableHeader } from './table-header'

/** The first thing in a CSV table that cannot be read. */
export interface TableFault {
  /** Line in the file, from 1. */
  line: number
  /** Null when the line as a whole is at fault. */
  column: TableColumn | null
  value: string
  /** What is wrong with the value, as the end of a sentence. */
  reason: string
  /** What to do about it. */
  advice: string
}

type Check = (value: string) => Pick<TableFault, 'reason' | 'advice'> | null

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const TIME = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d*)?)?)?\s?(Z|UTC|[+-]\d\d(:?\d\d)?)?$/i
const UINT64_MAX = 2n ** 64n - 1n

const number =
  (low: number, high: number): Check =>
  (value) => {
    const advice = 'Write plain numbers with a decimal point.'
    if (!NUMBER.test(value)) return { reason: 'is no number', advice }
    if (Number(value) >= low && Number(value) <= high) return null
    return { reason: `is not between ${low} and ${high}`, advice: 'Check the column.' }
  }

const float32 = number(-3.4028235e38, 3.4028235e38)
const float64 = number(-Number.MAX_VALUE, Number.MAX_VALUE)

const flag: Check = (value) =>
  /^\d{1,3}(\.0*)?$/.test(value) && Number(value) <= 255
    ? null
    : { reason: 'is no whole number from 0 to 255', advice: 'Flags are written as 0 or 1.' }

const shotNumber: Check = (value) => {
  if (/^\d{1,20}$/.test(value) && BigInt(value) <= UINT64_MAX) return null
  const advice = 'Write shot numbers as integers, for example from pandas with dtype uint64 or str.'
  if (!NUMBER.test(value)) return { reason: 'is no shot number', advice }
  return { reason: 'is a rounded shot number: its last digits are lost', advice }
}

const time: Check = (value) =>
  TIME.test(value) && !Number.isNaN(Date.parse(value.slice(0, 10)))
    ? null
    : { reason: 'is no time', advice: 'Write times as 2020-06-07T04:11:09Z.' }

const name: Check = (value) =>
  value === '' ? { reason: 'is empty', advice: 'Give the granule file name.' } : null

const CHECKS: Readonly<Record<TableColumn, Check>> = {
  agbd: float32,
  agbd_se: float32,
  lon_lowestmode: number(-180, 180),
  lat_lowestmode: number(-90, 90),
  shot_number: shotNumber,
  delta_time: float64,
  l2_quality_flag: flag,
  l4_quality_flag: flag,
  surface_flag: flag,
  'GEDI Filename': name,
  acquisition_time: time,
}

/**
 * Reads a CSV table value by value, after a fast read has failed, to say where it fails; null when it finds nothing.
 */
export async function findTableFault(
  path: string,
  header: TableHeader,
  signal?: AbortSignal,
): Promise<TableFault | null> {
  let first = true
  for await (const record of csvRecords(path)) {
    throwIfCancelled(signal)
    const fault = first ? null : recordFault(record.text, header)
    if (fault !== null) return { line: record.line, ...fault }
    first = false
  }
  return null
}

function recordFault(text: string, { delimiter, columns }: TableHeader): Omit<TableFault, 'line'> | null {
  const fields = splitRecord(text, delimiter)
  if (fields.length !== columns.length) {
    const reason = `has ${counted(fields.length, 'field')}, the header ${columns.length}`
    return { column: null, value: text.slice(0, 80), reason, advice: 'Quote fields that hold the delimiter.' }
  }
  for (const [index, column] of columns.entries()) {
    if (column === null) continue
    const value = (fields.at(index) ?? '').trim()
    const fault =
      value === '' ? { reason: 'is empty', advice: 'Fill it or remove the row.' } : CHECKS[column](value)
    if (fault !== null) return { column, value, ...fault }
  }
  return null
}
