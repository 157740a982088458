import { quotedIdentifier, quotedString } from '@duckdb/node-api'
import { open, rm } from 'node:fs/promises'
import { StudioError } from '../../src-shared/errors/studio-error'
import { TABLE_COLUMNS } from '../../src-shared/footprint/footprint'
import type { Database } from './database'
import { finishFile, partPath } from '../files/durable-file'

/** First line of every table that the program writes. */
export const TABLE_HEADER = TABLE_COLUMNS.join(';')

export interface TableSource {
  /** SQL behind `FROM`: a relation with the columns of TABLE_COLUMNS, its WHERE clause included. */
  from: string
  /** SQL behind `ORDER BY`; a total order. Null: the rows as they come, which costs neither memory nor a sort. */
  orderBy: string | null
}

/**
 * Writes a table as CSV (SPEC 2): `;`, header, floats as the shortest text that reads back to the same value,
 * `acquisition_time` in whole seconds. The file is under its `.part` name until `finishFile` is called for it.
 * @returns rows written
 * @throws StudioError `disk-full`, `output-unwritable`, `cancelled`
 */
export async function writeTablePart(
  database: Database,
  source: TableSource,
  path: string,
  signal?: AbortSignal,
): Promise<number> {
  const columns = TABLE_COLUMNS.map((name) =>
    name === 'acquisition_time'
      ? `strftime(${name}, '%Y-%m-%dT%H:%M:%SZ') AS ${name}`
      : quotedIdentifier(name),
  )
  const order = source.orderBy === null ? '' : ` ORDER BY ${source.orderBy}`
  const part = partPath(path)
  try {
    const rows = await database.run(
      `COPY (SELECT ${columns.join(', ')} FROM ${source.from}${order})
       TO ${quotedString(part)} (FORMAT csv, HEADER true, DELIMITER ';')`,
      { signal, file: path },
    )
    await checkEnds(part, path)
    return rows
  } catch (thrown) {
    await rm(part, { force: true })
    throw thrown
  }
}

/** As `writeTablePart`, and gives the file its final name. */
export async function writeTable(
  database: Database,
  source: TableSource,
  path: string,
  signal?: AbortSignal,
): Promise<number> {
  const rows = await writeTablePart(database, source, path, signal)
  await finishFile(path)
  return rows
}

/** A file whose last line is whole and whose first line is the header was written to its end. */
async function checkEnds(part: string, path: string): Promise<void> {
  const handle = await open(part)
  try {
    const header = Buffer.alloc(TABLE_HEADER.length)
    await handle.read(header, 0, header.length, 0)
    const last = Buffer.alloc(1)
    await handle.read(last, 0, 1, (await handle.stat()).size - 1)
    if (header.toString() === TABLE_HEADER && last.toString() === '\n') return
  } finally {
    await handle.close()
  }
  throw new StudioError('output-unwritable', 'The table was not written completely.', {
    file: path,
    hint: 'Check the disk and run again.',
  })
}
