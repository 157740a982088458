import { StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import { openHdf5, type Hdf5Reader } from '../hdf5/file-reader'
import { beat } from '../process/pulse'
import { exactArray, type ShotArray } from './exact-array'
import { ALL_COLUMNS, REQUIRED_COLUMNS, SHOT_COLUMNS, type ShotColumn } from './shot-columns'

/** All shots of one beam, in the order of the file. */
export interface BeamShots {
  /** Name of the beam's group, `BEAM0101`. */
  beam: string
  count: number
  /**
   * The columns that the beam has, `count` elements each, in the types of SHOT_COLUMNS: agbd and agbd_se in Mg/ha
   * with fill -9999, positions and solar elevation in degrees, delta_time in seconds since 2018-01-01.
   */
  columns: ReadonlyMap<ShotColumn, ShotArray>
}

/** A granule whose structure was checked. */
export interface Granule {
  beams: readonly string[]
  /** Shots of all beams. */
  shots: number
  /** Reads one of `beams`. */
  read(beam: string): BeamShots
  close(): void
}

/**
 * Opens a GEDI L4A granule and checks that each of its beams has every required column, all equally long.
 * @throws StudioError `granule-unreadable`: empty, truncated, damaged, no HDF5; `granule-foreign`: no beams;
 * `granule-incomplete`: a beam lacks a column or has it in another form. `read` throws the same.
 */
export async function openGranule(path: string): Promise<Granule> {
  const file = await openHdf5(path).catch((thrown: unknown) => Promise.reject(granuleError(path, thrown)))
  try {
    const counts = new Map(beamsOf(file).map((beam) => [beam, checkBeam(file, beam)]))
    return {
      beams: [...counts.keys()],
      shots: [...counts.values()].reduce((sum, count) => sum + count, 0),
      read: (beam) => readBeam(file, beam, counts.get(beam) ?? 0),
      close: () => file.close(),
    }
  } catch (thrown) {
    file.close()
    throw granuleError(path, thrown)
  }
}

function beamsOf(file: Hdf5Reader): string[] {
  const beams = file.names('/').filter((name) => name.startsWith('BEAM') && !file.hasDataset(name))
  if (beams.length > 0) return beams.sort()
  throw new StudioError('granule-foreign', 'The file has no BEAM groups: it is no GEDI L4A granule.', {
    file: file.path,
    hint: 'Take it out of the input folder, or download the granule again.',
  })
}

/** Number of shots of a beam that has all required columns, every column with one value a shot. */
function checkBeam(file: Hdf5Reader, beam: string): number {
  const has = (column: ShotColumn): boolean => file.hasDataset(`${beam}/${column}`)
  const missing = REQUIRED_COLUMNS.filter((column) => !has(column))
  if (missing.length > 0) throw incomplete(file.path, beam, `lacks ${missing.join(', ')}`)
  const shapes = ALL_COLUMNS.filter(has).map((column) => ({ column, shape: file.shape(`${beam}/${column}`) }))
  const count = shapes[0].shape.at(0) ?? 0
  if (shapes.every(({ shape }) => shape.length === 1 && shape[0] === count)) return count
  const lengths = shapes.map(({ column, shape }) => `${column} ${shape.join(' x ') || 'a single value'}`)
  throw incomplete(file.path, beam, `has columns of unequal lengths (${lengths.join(', ')})`)
}

function readBeam(file: Hdf5Reader, beam: string, count: number): BeamShots {
  try {
    const columns = new Map<ShotColumn, ShotArray>()
    for (const column of ALL_COLUMNS) {
      const path = `${beam}/${column}`
      if (!file.hasDataset(path)) continue
      const values = exactArray(file.read(path), SHOT_COLUMNS[column])
      beat()
      if (values === null) {
        const types = `${column} as ${file.elementType(path)} instead of ${SHOT_COLUMNS[column]}`
        throw incomplete(file.path, beam, `has ${types}, which does not hold the same values`)
      }
      columns.set(column, values)
    }
    return { beam, count, columns }
  } catch (thrown) {
    throw granuleError(file.path, thrown)
  }
}

function incomplete(path: string, beam: string, what: string): StudioError {
  return new StudioError('granule-incomplete', `${beam} ${what}.`, {
    file: path,
    hint: 'Download the granule again, with all of its columns.',
    context: { beam },
  })
}

function granuleError(path: string, thrown: unknown): StudioError {
  const error = toStudioError(thrown)
  if (!error.tag.startsWith('hdf5-')) return error
  return new StudioError('granule-unreadable', error.message, {
    file: path,
    hint: 'Download the granule again.',
    context: error.context,
    cause: error,
  })
}
