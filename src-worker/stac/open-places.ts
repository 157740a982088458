import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import {
  serializedErrorSchema,
  StudioError,
  type SerializedError,
} from '../../src-shared/errors/studio-error'
import { DAY_MS } from '../../src-shared/footprint/time'
import { cellAt } from '../catalog/lonlat-cells'
import { writeDurably } from '../files/durable-file'
import { placeKey, type CellDay } from './footprint-extents'

const openPlacesSchema = z.array(
  z.object({
    error: serializedErrorSchema,
    /** Cells of one degree (see cellAt) and days since 1970 of the footprints. */
    places: z.array(z.tuple([z.int(), z.int()])),
  }),
)

/** Errors of searches, each with the places of the footprints that it leaves open. */
type OpenPlacesFile = z.infer<typeof openPlacesSchema>

/**
 * Keeps which footprints are open because searches failed: neither planned nor rejected until the searches are answered.
 * @throws StudioError `disk-full`, `output-unwritable`
 */
export async function writeOpenPlaces(
  path: string,
  failed: readonly { error: StudioError; serves: readonly CellDay[] }[],
): Promise<void> {
  const byError = new Map<string, OpenPlacesFile[number]>()
  for (const { error, serves } of failed) {
    const key = error.describe()
    const entry = byError.get(key) ?? { error: error.toJSON(), places: [] }
    for (const { cell, day } of serves) entry.places.push([cell, day])
    byError.set(key, entry)
  }
  await writeDurably(path, JSON.stringify([...byError.values()]))
}

/** Which footprints are open. */
export class OpenPlaces {
  /** Errors of searches, each once. */
  readonly errors: readonly SerializedError[]
  private readonly errorAt = new Map<number, number>()

  constructor(file: OpenPlacesFile) {
    this.errors = file.map(({ error }) => error)
    for (const [number, { places }] of file.entries()) {
      for (const [cell, day] of places) this.errorAt.set(placeKey(cell, day), number)
    }
  }

  /**
   * The number of the error that leaves a footprint open, null where none does.
   * @param lon, lat degrees
   * @param time of acquisition, milliseconds since 1970
   */
  errorOf(lon: number, lat: number, time: number): number | null {
    if (this.errorAt.size === 0) return null
    return this.errorAt.get(placeKey(cellAt(lon, lat), Math.floor(time / DAY_MS))) ?? null
  }
}

/**
 * Reads which footprints searches have left open.
 * @param path null where none failed
 * @throws StudioError `catalog-invalid` where the file is damaged or missing
 */
export async function readOpenPlaces(path: string | null): Promise<OpenPlaces> {
  if (path === null) return new OpenPlaces([])
  try {
    return new OpenPlaces(openPlacesSchema.parse(JSON.parse(await readFile(path, 'utf8'))))
  } catch (cause) {
    throw new StudioError('catalog-invalid', 'The list of failed searches of this project is damaged.', {
      file: path,
      hint: 'Run again with --restart-from plan.',
      cause,
    })
  }
}
