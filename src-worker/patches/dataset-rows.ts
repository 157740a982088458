import {
  DATASETS,
  elementsPerSample,
  type DatasetName,
  type DatasetSpec,
} from '../../src-shared/dataset/datasets'
import type { Hdf5Reader } from '../hdf5/file-reader'
import type { Range } from '../hdf5/hyperslab'
import type { DatasetOf } from '../hdf5/sample-columns'
import { datasetPath } from '../hdf5/samples-file'

const SPECS = new Map<DatasetName, DatasetSpec>(DATASETS.map((spec) => [spec.name, spec]))

/**
 * Rows [start, start + count) of the datasets of a file, element by element in row-major order. The file must be one
 * that `openSampleFile` took. All throw StudioError `hdf5-read` where a chunk is damaged.
 */
export function readFloats(
  file: Hdf5Reader,
  name: DatasetOf<'float32'>,
  start: number,
  count: number,
): Float32Array {
  const values = new Float32Array(count * elementsOf(name))
  return readInto(file, name, start, count, values)
}

export function readDigitalNumbers(
  file: Hdf5Reader,
  name: DatasetOf<'uint16'>,
  start: number,
  count: number,
): Uint16Array {
  return readInto(file, name, start, count, new Uint16Array(count * elementsOf(name)))
}

export function readClasses(
  file: Hdf5Reader,
  name: DatasetOf<'uint8'>,
  start: number,
  count: number,
): Uint8Array {
  return readInto(file, name, start, count, new Uint8Array(count * elementsOf(name)))
}

/** Shot numbers, unsigned as GEDI has them. */
export function readShotNumbers(file: Hdf5Reader, start: number, count: number): BigUint64Array {
  return readInto(file, 'GEDI Shot Number', start, count, new BigUint64Array(count))
}

/** Texts without their padding, of fixed or variable length. */
export function readTexts(
  file: Hdf5Reader,
  name: DatasetOf<'string'>,
  start: number,
  count: number,
): string[] {
  return file.readStrings(datasetPath(name), rangeOf(name, start, count))
}

function readInto<Values extends { buffer: ArrayBufferLike }>(
  file: Hdf5Reader,
  name: DatasetName,
  start: number,
  count: number,
  values: Values,
): Values {
  file.readInto(datasetPath(name), new Uint8Array(values.buffer), rangeOf(name, start, count))
  return values
}

function rangeOf(name: DatasetName, start: number, count: number): Range {
  const { shape } = specOf(name)
  return { start: [start, ...shape.map(() => 0)], count: [count, ...shape] }
}

function elementsOf(name: DatasetName): number {
  return elementsPerSample(specOf(name))
}

function specOf(name: DatasetName): DatasetSpec {
  const spec = SPECS.get(name)
  if (spec === undefined) throw new RangeError(`there is no dataset ${name}`)
  return spec
}
