import { DATA_GROUP, DATASETS, type DatasetName, type DatasetSpec } from '../../src-shared/dataset/datasets'
import { StudioError } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import type { Hdf5Reader } from './file-reader'
import { datasetPath } from './samples-file'
import { STRING_PADDING } from './strings'

/** What a batch or dataset file is made of, beside what it should be. */
export interface Structure {
  /** Samples that most of the datasets have. */
  samples: number
  /** Datasets whose elements and sample shape are as documented, so that they can be read, with their samples. */
  readable: ReadonlyMap<DatasetName, number>
  /** What differs from `DATASETS`, a line each. */
  problems: string[]
}

/**
 * Compares a file with the documented structure. Chunks, filters, attributes and the length of fixed-length strings
 * are free.
 * @param options `foreign` for files that other programs wrote: datasets may be missing, strings of any kind
 */
export function inspectStructure(file: Hdf5Reader, { foreign = false } = {}): Structure {
  if (!file.has(DATA_GROUP)) {
    return { samples: 0, readable: new Map(), problems: [`the group "${DATA_GROUP}" is missing`] }
  }
  const counts = new Map<DatasetName, number>()
  const problems = DATASETS.flatMap((spec) => inspectDataset(file, spec, counts, foreign))
  for (const name of unexpectedNames(file)) problems.push(`${name}: is not part of a dataset file`)
  const samples = mostCommon([...counts.values()])
  for (const [name, count] of counts) {
    if (count !== samples) problems.push(`${name}: has ${counted(count, 'sample')}, others have ${samples}`)
  }
  return { samples, readable: counts, problems }
}

function inspectDataset(
  file: Hdf5Reader,
  spec: DatasetSpec & { name: DatasetName },
  counts: Map<DatasetName, number>,
  foreign: boolean,
): string[] {
  const path = datasetPath(spec.name)
  try {
    if (!file.has(path)) return foreign ? [] : [`${spec.name}: is missing`]
    const faults = [...typeFaults(file, path, spec, foreign)]
    const [count, ...sample] = file.shape(path)
    const expected = `N,${spec.shape.join()}`
    const found = ['N', ...sample].join()
    if (found !== expected) faults.push(`has the shape ${found} instead of ${expected}`)
    else if (!faults.some((fault) => fault.startsWith('holds'))) counts.set(spec.name, count)
    return faults.map((fault) => `${spec.name}: ${fault}`)
  } catch (error) {
    if (error instanceof StudioError && error.tag === 'hdf5-read') return [`${spec.name}: ${error.message}`]
    throw error
  }
}

function typeFaults(file: Hdf5Reader, path: string, spec: DatasetSpec, foreign: boolean): string[] {
  const type = file.elementType(path)
  if (type !== spec.type.kind) return [`holds ${type} instead of ${spec.type.kind}`]
  const { vlen, strpad } = file.describe(path)
  if (type !== 'string' || foreign) return []
  if (vlen) return ['has strings of variable length instead of fixed length']
  return strpad === STRING_PADDING.nullPadded ? [] : ['has strings that are not padded with zeros']
}

function unexpectedNames(file: Hdf5Reader): string[] {
  const known = new Set<string>(DATASETS.map((spec) => spec.name))
  return file.names(DATA_GROUP).filter((name) => !known.has(name))
}

/** The most frequent number; of several the first. 0 of none. */
function mostCommon(values: readonly number[]): number {
  const frequencies = new Map<number, number>()
  for (const value of values) frequencies.set(value, (frequencies.get(value) ?? 0) + 1)
  return [...frequencies].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0]
}
