import { counted } from '../../src-shared/wording/counted'
import { chordOfArc } from '../leakage/earth-centred'
import { placesOfTable } from '../leakage/load-patches'
import { PointTree } from '../leakage/point-tree'
import type { JobContext } from '../process/context'
import type { Database, DatabaseOptions } from './database'
import { registerPlaceFunction } from './place-function'

/** Footprints that others are to be kept apart from. */
export interface KeptApart {
  tree: PointTree
  /** Metres over ground. */
  distance: number
}

/**
 * Reads the footprints of a table to keep others apart from. Its database is closed again before the next one opens; what
 * stays is 29 bytes a footprint.
 * @throws StudioError `input-missing`, `table-invalid`, `disk-full`, `cancelled`
 */
export async function readApart(
  { table, distance }: { table: string; distance: number },
  limits: DatabaseOptions,
  signal: AbortSignal,
): Promise<KeptApart> {
  const { lon, lat } = await placesOfTable(table, limits, signal)
  return { tree: new PointTree(lon, lat), distance }
}

/**
 * Drops rows of the table `combined` that lie nearer than the distance to one of the footprints.
 * @returns rows dropped
 * @throws StudioError `disk-full`, `cancelled`
 */
export async function dropNear(
  database: Database,
  { tree, distance }: KeptApart,
  { signal, log }: Pick<JobContext, 'signal' | 'log'>,
): Promise<number> {
  const chord = chordOfArc(distance)
  const isNear = registerPlaceFunction(database, 'is_near', (lon, lat) =>
    Number(tree.nearest(lon, lat, chord) < chord),
  )
  const dropped = await database.run(`DELETE FROM combined WHERE ${isNear} = 1`, { signal })
  const verb = dropped === 1 ? 'is' : 'are'
  const what = counted(dropped, 'test footprint')
  log('info', `${what} nearer than ${distance} m to a train footprint ${verb} left out.`)
  return dropped
}
