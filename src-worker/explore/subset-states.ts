import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled } from '../../src-shared/errors/studio-error'
import { rejectedState, STATES } from '../../src-shared/explore/states'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import { withDatabase, type DatabaseOptions } from '../footprints/database'
import { globLiteral } from '../footprints/table'
import { pause } from '../hdf5/pause'
import { readBatchRecord } from '../jobs/batch-record'
import type { SplitPaths } from './load-tables'
import { readVector } from './read-vector'

/** Where it is written down what became of the footprints of a subset; any of it may not exist yet. */
export interface StateFiles {
  /** Tables of footprints without a scene. */
  noScene: SplitPaths
  /** Folders of the records of batches. */
  records: SplitPaths
}

/** The footprints of a subset as their states are found. */
export interface Stateful {
  /** By split, for each row of its table the row of the map. */
  rowsOf: Readonly<Record<Split, Uint32Array>>
  shot: BigUint64Array
  /** Code of the state of each row of the map, see STATES. */
  status: Uint16Array
}

interface FoundFile {
  path: string
  split: Split
  kind: 'no-scene' | 'record'
  /** Changes with the content of the file. */
  identity: string
}

/** Follows what becomes of the footprints of a subset. Only files that are new are read, as long as none has changed. */
export class SubsetStates {
  private readonly read = new Map<string, string>()

  constructor(
    private readonly rows: Stateful,
    private readonly files: StateFiles,
    private readonly database: DatabaseOptions,
  ) {}

  /**
   * Brings the states up to date.
   * @returns whether any file was read, or is gone
   * @throws StudioError `cancelled`
   */
  async refresh(signal: AbortSignal): Promise<boolean> {
    const found = await this.find()
    const identities = new Map(found.map(({ path, identity }) => [path, identity]))
    const stale = [...this.read].some(([path, identity]) => identities.get(path) !== identity)
    if (stale) {
      this.read.clear()
      this.rows.status.fill(STATES.waiting)
    }
    let changed = stale
    for (const file of found) {
      if (this.read.has(file.path)) continue
      await pause(signal)
      const taken =
        file.kind === 'record' ? await this.takeRecord(file) : await this.takeNoScene(file, signal)
      if (!taken) continue
      this.read.set(file.path, file.identity)
      changed = true
    }
    return changed
  }

  private async find(): Promise<FoundFile[]> {
    const paths = await Promise.all(
      SPLITS.map(async (split) => {
        const { noScene, records } = this.files
        const folder = records[split]
        const names = folder === null ? [] : await readdir(folder).catch(() => [])
        return [
          ...(noScene[split] === null ? [] : [{ path: noScene[split], split, kind: 'no-scene' as const }]),
          ...names
            .filter((name) => name.endsWith('.json'))
            .map((name) => ({ path: join(folder ?? '', name), split, kind: 'record' as const })),
        ]
      }),
    )
    const found = await Promise.all(
      paths.flat().map(async (file): Promise<FoundFile[]> => {
        const stats = await stat(file.path).catch(() => null)
        return stats === null ? [] : [{ ...file, identity: `${stats.size} ${stats.mtimeMs}` }]
      }),
    )
    return found.flat()
  }

  /** @returns false when the record cannot be read */
  private async takeRecord({ path, split }: FoundFile): Promise<boolean> {
    const record = await readBatchRecord(path)
    if (record === null) return false
    for (const index of record.samples) this.set(split, index, STATES.done)
    for (const { index, reason } of record.rejections) this.set(split, index, rejectedState(reason))
    for (const { footprints } of record.failures) {
      for (const { index } of footprints) this.set(split, index, STATES.failed)
    }
    return true
  }

  /** The table names the footprints without a scene in the order of the subset. @returns false when it cannot be read */
  private async takeNoScene({ path, split }: FoundFile, signal: AbortSignal): Promise<boolean> {
    const { rowsOf, shot } = this.rows
    const listed = await this.readShots(path, rowsOf[split].length, signal)
    if (listed === null) return false
    let next = 0
    for (const [index, row] of rowsOf[split].entries()) {
      if (next === listed.length) break
      if (shot[row] !== listed[next]) continue
      this.set(split, index, rejectedState('no-scene'))
      next++
    }
    return true
  }

  private async readShots(path: string, most: number, signal: AbortSignal): Promise<BigUint64Array | null> {
    const shots = new BigUint64Array(most)
    let count = 0
    const sql = `SELECT shot_number FROM read_csv(${globLiteral(path)}, auto_detect = false, header = true, delim = ',',
      columns = {'shot_number': 'UBIGINT', 'split': 'VARCHAR', 'reason': 'VARCHAR'})`
    try {
      await withDatabase(this.database, async (database) => {
        for await (const chunk of database.chunks(sql, { signal })) {
          if (count + chunk.rowCount > most) throw new Error('the table has more rows than the subset')
          readVector(chunk, 0, shots, count)
          count += chunk.rowCount
        }
      })
    } catch {
      throwIfCancelled(signal)
      return null
    }
    return shots.subarray(0, count)
  }

  /** Records of a subset that was drawn anew since may name rows that it no longer has. */
  private set(split: Split, index: number, state: number): void {
    const rows = this.rows.rowsOf[split]
    if (index >= 0 && index < rows.length) this.rows.status[rows[index]] = state
  }
}
