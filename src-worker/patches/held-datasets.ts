import { DATA_GROUP, DATASETS, type DatasetName, type DatasetSpec } from '../../src-shared/dataset/datasets'
import { StudioError } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import { isNumericType } from '../hdf5/element-type'
import type { Hdf5Reader } from '../hdf5/file-reader'

/** A dataset of a file that can be read as one of the documented ones. */
export interface HeldDataset {
  path: string
  /** Shape of one sample as the file has it; axes of length 1 may be missing or added. */
  sampleShape: readonly number[]
  /** Whether its numbers are of another type than documented. */
  converted: boolean
}

/** What can be read of a file, whoever wrote it. */
export interface HeldDatasets {
  samples: number
  datasets: ReadonlyMap<DatasetName, HeldDataset>
  /** Why datasets are left out, a line each. */
  missing: string[]
}

/**
 * Looks for the documented datasets in a file of any program: in the group `data` or at the root, in numbers of any
 * type, with strings of any kind. Those that are missing, or have samples of another shape or number than most, are left
 * out and named.
 * @throws StudioError `hdf5-read` when the file itself is damaged
 */
export function heldDatasets(reader: Hdf5Reader): HeldDatasets {
  const prefix = reader.has(DATA_GROUP) ? `${DATA_GROUP}/` : ''
  const found = new Map<DatasetName, HeldDataset & { rows: number }>()
  const missing: string[] = []
  for (const spec of DATASETS) {
    const outcome = lookAt(reader, `${prefix}${spec.name}`, spec)
    if (typeof outcome === 'string') missing.push(`${spec.name}: ${outcome}`)
    else found.set(spec.name, outcome)
  }
  const samples = mostCommon([...found.values()].map(({ rows }) => rows))
  for (const [name, { rows }] of found) {
    if (rows === samples) continue
    missing.push(`${name}: has ${counted(rows, 'sample')}, others have ${samples}`)
    found.delete(name)
  }
  return { samples, datasets: found, missing }
}

function lookAt(
  reader: Hdf5Reader,
  path: string,
  spec: DatasetSpec,
): (HeldDataset & { rows: number }) | string {
  try {
    if (!reader.hasDataset(path)) return 'is missing'
    const shape = reader.shape(path)
    if (shape.length === 0) return 'is a single value'
    const [rows, ...sampleShape] = shape
    if (edges(sampleShape) !== edges(spec.shape))
      return `has the shape N,${sampleShape.join()} instead of N,${spec.shape.join()}`
    const type = reader.elementType(path)
    const readable = isReadableAs(type, spec.type.kind)
    return readable === null
      ? `holds ${type} instead of ${spec.type.kind}`
      : { path, sampleShape, rows, ...readable }
  } catch (error) {
    if (error instanceof StudioError && error.tag === 'hdf5-read') return error.message
    throw error
  }
}

/** Shot numbers have to be exact and texts are none to count with; all other numbers can be converted. */
function isReadableAs(
  type: ReturnType<Hdf5Reader['elementType']>,
  kind: DatasetSpec['type']['kind'],
): { converted: boolean } | null {
  if (type === kind || (kind === 'int64' && type === 'uint64')) return { converted: false }
  if (kind === 'int64' || !isNumericType(type)) return null
  return { converted: true }
}

function edges(shape: readonly number[]): string {
  return shape.filter((edge) => edge !== 1).join()
}

/** The most frequent number; of several the first. 0 of none. */
function mostCommon(values: readonly number[]): number {
  const frequency = (value: number): number => values.filter((other) => other === value).length
  return values.reduce(
    (best, value) => (frequency(value) > frequency(best) ? value : best),
    values.at(0) ?? 0,
  )
}
