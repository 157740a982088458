import { DuckDBInstance, type DuckDBConnection, type DuckDBDataChunk } from '@duckdb/node-api'
import { z } from 'zod'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import { beatingWhile } from '../process/pulse'
import { databaseError } from './database-error'

export interface DatabaseOptions {
  /** Memory that DuckDB may use before it spills, MiB. */
  memoryMb: number
  /** Threads of one query; all cores where left out. */
  threads?: number | undefined
  /** Folder for what does not fit into memory; made when first needed, nothing is spilled elsewhere. */
  tempDirectory: string
}

export interface QueryOptions {
  /** Interrupts the query; it then throws `cancelled`. */
  signal?: AbortSignal | undefined
  /** The file that the query reads or writes, for its error. */
  file?: string | undefined
}

/** A `count(*)` or an integer sum: DuckDB's 64 or 128-bit integer as a safe JS number. */
export const countSchema = z
  .bigint()
  .refine((value) => value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= 0n, 'is no safe count')
  .transform(Number)

/** How often an aborted query is interrupted again: an interrupt before it has begun would be lost. */
const INTERRUPT_EVERY_MS = 50

/** A DuckDB database in memory with one connection. Queries run one after the other. */
export class Database {
  constructor(
    private readonly instance: DuckDBInstance,
    /** For what the methods here do not offer, such as appenders; errors of it are DuckDB's own. */
    readonly connection: DuckDBConnection,
  ) {}

  /**
   * Runs a statement.
   * @returns rows that it inserted, changed or copied
   * @throws StudioError `cancelled`, `disk-full`, `output-unwritable` or `internal`
   */
  async run(sql: string, options: QueryOptions = {}): Promise<number> {
    const result = await this.guard(() => this.connection.run(sql), options)
    return result.rowsChanged
  }

  /**
   * All rows of a query, each checked by the schema. Integers of 64 bits and more are `bigint`, timestamps `Date`.
   * @throws StudioError as `run`; `internal` when a row is not what the schema says
   */
  async rows<Row>(sql: string, schema: z.ZodType<Row>, options: QueryOptions = {}): Promise<Row[]> {
    const reader = await this.guard(() => this.connection.runAndReadAll(sql), options)
    const parsed = z.array(schema).safeParse(reader.getRowObjectsJS())
    if (parsed.success) return parsed.data
    throw new StudioError('internal', `A query gave rows of another form: ${z.prettifyError(parsed.error)}`, {
      hint: 'This is a fault of the program; please report it with the log.',
      context: { sql },
    })
  }

  /**
   * The one row of a query that gives exactly one.
   * @throws StudioError as `rows`; `internal` when there are none or several
   */
  async row<Row>(sql: string, schema: z.ZodType<Row>, options: QueryOptions = {}): Promise<Row> {
    const rows = await this.rows(sql, schema, options)
    const row = rows.at(0)
    if (row !== undefined && rows.length === 1) return row
    throw new StudioError('internal', `A query gave ${rows.length} rows instead of one.`, {
      hint: 'This is a fault of the program; please report it with the log.',
      context: { sql },
    })
  }

  /**
   * The rows of a query in chunks of at most 2048, in order, without holding them all.
   * @throws StudioError as `run`
   */
  async *chunks(sql: string, options: QueryOptions = {}): AsyncGenerator<DuckDBDataChunk> {
    const result = await this.guard(() => this.connection.stream(sql), options)
    for (;;) {
      const chunk = await this.guard(() => result.fetchChunk(), options)
      if (chunk === null || chunk.rowCount === 0) return
      yield chunk
    }
  }

  /** Releases everything; no query may be running. */
  close(): void {
    this.connection.closeSync()
    this.instance.closeSync()
  }

  private async guard<Result>(query: () => Promise<Result>, options: QueryOptions): Promise<Result> {
    const { signal, file } = options
    throwIfCancelled(signal)
    let again: NodeJS.Timeout | undefined
    const interrupt = (): void => {
      this.connection.interrupt()
      again = setInterval(() => this.connection.interrupt(), INTERRUPT_EVERY_MS)
    }
    signal?.addEventListener('abort', interrupt, { once: true })
    try {
      return await beatingWhile(query)
    } catch (thrown) {
      throwIfCancelled(signal)
      throw databaseError(thrown, file)
    } finally {
      signal?.removeEventListener('abort', interrupt)
      clearInterval(again)
    }
  }
}

/**
 * Opens an empty database in memory. It loads no extension from disk or network, reads times without a zone as
 * UTC, and keeps the order of rows.
 * @throws StudioError `internal` when DuckDB refuses the options
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  try {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: `${options.memoryMb}MiB`,
      temp_directory: options.tempDirectory,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    })
    const connection = await instance.connect()
    await connection.run("SET TimeZone = 'UTC'")
    return new Database(instance, connection)
  } catch (thrown) {
    throw databaseError(thrown)
  }
}

/** Opens a database, gives it to `use`, and closes it whatever happens. */
export async function withDatabase<Result>(
  options: DatabaseOptions,
  use: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(options)
  try {
    return await use(database)
  } finally {
    database.close()
  }
}
