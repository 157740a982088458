import {
  bytesPerElement,
  DATASETS,
  elementsPerSample,
  type DatasetName,
} from '../../src-shared/dataset/datasets'
import type { Hdf5Reader } from './file-reader'
import type { DatasetOf, SampleColumns } from './sample-columns'
import { datasetPath } from './samples-file'

/**
 * Reads samples [start, start + count) of one dataset into samples of `columns` from `to` on, which are there already
 * (see `SampleColumns.reserve`). The dataset must be readable in the sense of `inspectStructure`.
 * @throws StudioError `hdf5-read` when a chunk is damaged; `hdf5-write` when a text does not fit our strings
 */
export function readSamples(
  file: Hdf5Reader,
  name: DatasetName,
  start: number,
  count: number,
  columns: SampleColumns,
  to: number,
): void {
  const path = datasetPath(name)
  const spec = specOf(name)
  const range = { start: [start, ...spec.shape.map(() => 0)], count: [count, ...spec.shape] }
  const { vlen, size } = file.describe(path)
  if (!vlen && size === bytesPerElement(spec.type)) {
    file.readInto(path, columns.bytes(name, to, count), range)
    return
  }
  const elements = elementsPerSample(spec)
  file.readStrings(path, range).forEach((text, k) => {
    columns.setString(stringName(name), to + Math.floor(k / elements), k % elements, text)
  })
}

const SPECS = new Map(DATASETS.map((spec) => [spec.name, spec]))

function specOf(name: DatasetName): (typeof DATASETS)[number] {
  const spec = SPECS.get(name)
  if (spec === undefined) throw new RangeError(`there is no dataset ${name}`)
  return spec
}

function stringName(name: DatasetName): DatasetOf<'string'> {
  if (!isStringName(name)) throw new RangeError(`${name} holds no text`)
  return name
}

function isStringName(name: DatasetName): name is DatasetOf<'string'> {
  return specOf(name).type.kind === 'string'
}
