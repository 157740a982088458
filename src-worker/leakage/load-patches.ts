import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import { countSchema, withDatabase, type DatabaseOptions } from '../footprints/database'
import { importTable } from '../footprints/table'
import type { DatasetName } from '../../src-shared/dataset/datasets'
import { withHdf5 } from '../hdf5/file-reader'
import { pause } from '../hdf5/pause'
import { inspectStructure } from '../hdf5/structure'
import { readFloats, readTexts } from '../patches/dataset-rows'
import { sampleFileOf } from '../patches/sample-file'
import { isUtm } from '../raster/projection'
import { patchesFor, placeWindow, type Patches } from './patches'

/** Samples that are read at once. */
const BLOCK = 10_000

const NEEDED = ['Transforms', 'CRS', 'GEDI Lat Lon'] as const satisfies readonly DatasetName[]

/** Place of the upper left corner in the row-major transform: 10, 0, x, 0, -10, y, 0, 0, 1. */
const [ELEMENTS, X, Y] = [9, 2, 5]

/**
 * The patches of a dataset or batch file. Their footprints are as the file has them: float32, within a metre.
 * @throws StudioError `hdf5-open`, `hdf5-read`; `dataset-invalid` where the file has no windows; `cancelled`
 */
export function patchesOfFile(path: string, signal: AbortSignal): Promise<Patches> {
  return withHdf5(path, async (reader) => {
    const { readable } = inspectStructure(reader, { foreign: true })
    const counts = new Set(NEEDED.map((name) => readable.get(name) ?? -1))
    const [samples] = counts
    if (counts.size > 1 || samples < 0) throw withoutWindows(path, `it lacks one of ${NEEDED.join(', ')}`)
    const file = sampleFileOf(reader)
    const patches = patchesFor(samples)
    for (let first = 0; first < samples; first += BLOCK) {
      await pause(signal)
      const count = Math.min(BLOCK, samples - first)
      const transforms = readFloats(file, 'Transforms', first, count)
      const places = readFloats(file, 'GEDI Lat Lon', first, count)
      const systems = readTexts(file, 'CRS', first, count)
      for (let k = 0; k < count; k++) {
        const epsg = Number(/^EPSG:(\d+)$/.exec(systems[k])?.[1] ?? Number.NaN)
        if (!isUtm(epsg)) throw withoutWindows(path, `"${systems[k]}" is no UTM zone`)
        patches.lat[first + k] = places[2 * k]
        patches.lon[first + k] = places[2 * k + 1]
        patches.epsg[first + k] = epsg
        patches.left[first + k] = transforms[ELEMENTS * k + X]
        patches.top[first + k] = transforms[ELEMENTS * k + Y]
      }
    }
    return patches
  })
}

function withoutWindows(file: string, why: string): StudioError {
  return new StudioError('dataset-invalid', `The file does not say where its patches lie: ${why}.`, {
    file,
    hint: 'Fuse again, or choose a file that this program has written.',
  })
}

const rowsSchema = z.object({ rows: countSchema })

/**
 * The patches that the footprints of a table will have, their windows estimated.
 * @throws StudioError `input-missing`, `table-invalid`, `disk-full`, `cancelled`
 */
export async function patchesOfTable(
  path: string,
  limits: DatabaseOptions,
  signal: AbortSignal,
): Promise<Patches> {
  const { lon, lat } = await placesOfTable(path, limits, signal)
  const patches = { ...patchesFor(lon.length), lon, lat }
  for (let i = 0; i < lon.length; i++) {
    if (i % BLOCK === 0) await pause(signal)
    placeWindow(patches, i)
  }
  return patches
}

/**
 * Where the footprints of a table lie, in the order of its rows, degrees.
 * @throws StudioError as `patchesOfTable`
 */
export function placesOfTable(
  path: string,
  limits: DatabaseOptions,
  signal: AbortSignal,
): Promise<Pick<Patches, 'lon' | 'lat'>> {
  return withDatabase(limits, async (database) => {
    await importTable(database, path, 'footprints', signal)
    const { rows } = await database.row('SELECT count(*) AS rows FROM footprints', rowsSchema, { signal })
    const places = { lon: new Float64Array(rows), lat: new Float64Array(rows) }
    const query = 'SELECT lon_lowestmode, lat_lowestmode FROM footprints ORDER BY rowid'
    let row = 0
    for await (const chunk of database.chunks(query, { signal })) {
      const [lon, lat] = [chunk.getColumnVector(0), chunk.getColumnVector(1)]
      for (let k = 0; k < chunk.rowCount; k++, row++) {
        places.lon[row] = Number(lon.getItem(k))
        places.lat[row] = Number(lat.getItem(k))
      }
    }
    return places
  })
}
