import {
  bytesPerSample,
  DATASETS,
  type DatasetName,
  type DatasetSpec,
} from '../../src-shared/dataset/datasets'

type NamedSpec = DatasetSpec & { name: DatasetName }

/** A small column of a sample, with its place in the sample's record. */
export interface ColumnField {
  spec: NamedSpec
  /** First byte in a record, and bytes. */
  at: number
  bytes: number
}

/**
 * The datasets that a file has, by how they are stored: image layers, one sample a chunk, and small columns, many
 * samples a chunk. A sample's record is its small columns behind one another, in the order of `DATASETS`.
 */
export interface DatasetChoice {
  specs: readonly NamedSpec[]
  images: readonly NamedSpec[]
  columns: readonly ColumnField[]
  recordBytes: number
}

/** The choice of some datasets, in the order of `DATASETS`. */
export function chooseDatasets(has: (name: DatasetName) => boolean): DatasetChoice {
  const specs: readonly NamedSpec[] = DATASETS.filter(({ name }) => has(name))
  let recordBytes = 0
  const columns = specs.filter(isColumn).map((spec) => {
    const field = { spec, at: recordBytes, bytes: bytesPerSample(spec) }
    recordBytes += field.bytes
    return field
  })
  return { specs, images: specs.filter((spec) => !isColumn(spec)), columns, recordBytes }
}

/** All 17 datasets. */
export const ALL_DATASETS = chooseDatasets(() => true)

function isColumn({ chunkSamples }: DatasetSpec): boolean {
  return chunkSamples > 1
}
