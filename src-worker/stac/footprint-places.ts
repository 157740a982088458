import { StudioError } from '../../src-shared/errors/studio-error'
import type { Database } from '../footprints/database'
import { importTable } from '../footprints/table'
import { NeededTiles } from './bucket-tiles'
import { FootprintExtents, type CellDay } from './footprint-extents'

/** Where and when the footprints of a run lie, as far as searches and tiles need it. */
export interface FootprintPlaces {
  cells: CellDay[]
  tiles: NeededTiles
  count: number
}

/**
 * Reads where and when the footprints of subset tables lie, without holding them.
 * @throws StudioError as importTable
 */
export async function readPlaces(
  database: Database,
  subsets: readonly string[],
  signal: AbortSignal,
): Promise<FootprintPlaces> {
  const extents = new FootprintExtents()
  const tiles = new NeededTiles()
  let count = 0
  for (const subset of subsets) {
    await importTable(database, subset, 'places', signal)
    const sql = 'SELECT lon_lowestmode, lat_lowestmode, epoch_ms(acquisition_time)::DOUBLE FROM places'
    for await (const chunk of database.chunks(sql, { signal })) {
      const [lon, lat, time] = [0, 1, 2].map((column) => chunk.getColumnVector(column))
      for (let i = 0; i < chunk.rowCount; i++) {
        const place = [asNumber(lon.getItem(i)), asNumber(lat.getItem(i)), asNumber(time.getItem(i))] as const
        extents.add(...place)
        tiles.add(...place)
      }
      count += chunk.rowCount
    }
    await database.run('DROP TABLE places')
  }
  return { cells: extents.sorted(), tiles, count }
}

function asNumber(value: unknown): number {
  if (typeof value === 'number') return value
  throw new StudioError('internal', 'A column of the subset came in another type.', {
    hint: 'This is a fault of the program; please report it with the log.',
  })
}
