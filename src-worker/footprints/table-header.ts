import { stat } from 'node:fs/promises'
import { StudioError } from '../../src-shared/errors/studio-error'
import { TABLE_COLUMNS, type TableColumn } from '../../src-shared/footprint/footprint'
import { csvRecords, splitRecord } from './csv-record'

/** How a CSV table is laid out. */
export interface TableHeader {
  delimiter: string
  /** Every column of the file in its order: one of ours, or null where it is another program's. */
  columns: (TableColumn | null)[]
}

const DELIMITERS = [';', ',', '\t'] as const
/** Bytes; a file without line ends is no table. */
const LONGEST_HEADER = 1_000_000
const KNOWN: ReadonlySet<string> = new Set(TABLE_COLUMNS)

/**
 * Reads the header of a CSV table and finds its delimiter.
 * @throws StudioError `input-missing` when there is no such file; `table-invalid` when a column is missing or
 * stands there twice
 */
export async function readTableHeader(path: string): Promise<TableHeader> {
  const first = await firstRecord(path)
  const candidates = DELIMITERS.map((delimiter) => ({
    delimiter,
    names: splitRecord(first, delimiter).map((name) => name.trim()),
  }))
  const known = (names: readonly string[]): number => names.filter((name) => KNOWN.has(name)).length
  const best = candidates.reduce((a, b) => (known(b.names) > known(a.names) ? b : a))
  const missing = TABLE_COLUMNS.filter((name) => !best.names.includes(name))
  if (missing.length > 0) throw missingColumns(path, missing, best.names)
  const twice = TABLE_COLUMNS.filter((name) => best.names.indexOf(name) !== best.names.lastIndexOf(name))
  if (twice.length > 0) {
    throw new StudioError('table-invalid', `The header names twice: ${twice.join(', ')}.`, {
      file: path,
      hint: 'Remove one of the columns.',
      context: { columns: twice.join(',') },
    })
  }
  return {
    delimiter: best.delimiter,
    columns: best.names.map((name) => TABLE_COLUMNS.find((column) => column === name) ?? null),
  }
}

async function firstRecord(path: string): Promise<string> {
  try {
    if (!(await stat(path)).isFile()) throw new Error('is no file')
    for await (const record of csvRecords(path, LONGEST_HEADER)) return record.text
    return ''
  } catch (cause) {
    throw new StudioError('input-missing', 'The table does not exist or cannot be read.', {
      file: path,
      hint: 'Check the path and that you may read it.',
      cause,
    })
  }
}

function missingColumns(path: string, missing: readonly string[], found: readonly string[]): StudioError {
  const listed = found.filter((name) => name !== '').map((name) => name.slice(0, 40))
  const shown = listed.length === 0 ? 'nothing' : listed.slice(0, 30).join(', ')
  return new StudioError(
    'table-invalid',
    `The table lacks ${missing.join(', ')}. Its first line names: ${shown}.`,
    {
      file: path,
      hint: `A table needs these columns, in any order: ${TABLE_COLUMNS.join(', ')}.`,
      context: { missing: missing.join(','), found: listed.join(',') },
    },
  )
}
