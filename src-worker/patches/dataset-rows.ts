import {
  DATASETS,
  elementsPerSample,
  type DatasetName,
  type DatasetSpec,
} from '../../src-shared/dataset/datasets'
import type { Range } from '../hdf5/hyperslab'
import type { DatasetOf } from '../hdf5/sample-columns'
import type { HeldDataset, SampleFile } from './sample-file'

const SPECS = new Map<DatasetName, DatasetSpec>(DATASETS.map((spec) => [spec.name, spec]))

/**
 * Rows [start, start + count) of the datasets of a file, element by element in row-major order. Of a dataset that the
 * file lacks: NaN, 0, empty texts. All throw StudioError `hdf5-read` where a chunk is damaged.
 */
export function readFloats(
  file: SampleFile,
  name: DatasetOf<'float32'>,
  start: number,
  count: number,
): Float32Array {
  return readInto(file, name, start, count, new Float32Array(count * elementsOf(name)).fill(NaN))
}

export function readDigitalNumbers(
  file: SampleFile,
  name: DatasetOf<'uint16'>,
  start: number,
  count: number,
): Uint16Array {
  return readInto(file, name, start, count, new Uint16Array(count * elementsOf(name)))
}

export function readClasses(
  file: SampleFile,
  name: DatasetOf<'uint8'>,
  start: number,
  count: number,
): Uint8Array {
  return readInto(file, name, start, count, new Uint8Array(count * elementsOf(name)))
}

/** Shot numbers, unsigned as GEDI has them. */
export function readShotNumbers(file: SampleFile, start: number, count: number): BigUint64Array {
  const values = new BigUint64Array(count)
  const held = file.datasets.get('GEDI Shot Number')
  if (held === undefined) return values
  file.reader.readInto(held.path, new Uint8Array(values.buffer), rangeOf(held, start, count))
  return values
}

/** Texts without their padding, of fixed or variable length; numbers as texts. */
export function readTexts(
  file: SampleFile,
  name: DatasetOf<'string'>,
  start: number,
  count: number,
): string[] {
  const held = file.datasets.get(name)
  if (held === undefined) return new Array<string>(count * elementsOf(name)).fill('')
  const range = rangeOf(held, start, count)
  return held.converted
    ? Array.from(file.reader.read(held.path, range), String)
    : file.reader.readStrings(held.path, range)
}

function readInto<Values extends Float32Array | Uint16Array | Uint8Array>(
  { reader, datasets }: SampleFile,
  name: DatasetName,
  start: number,
  count: number,
  values: Values,
): Values {
  const held = datasets.get(name)
  if (held === undefined) return values
  const range = rangeOf(held, start, count)
  if (!held.converted) reader.readInto(held.path, new Uint8Array(values.buffer), range)
  else for (const [k, value] of reader.read(held.path, range).entries()) values[k] = Number(value)
  return values
}

function rangeOf({ sampleShape }: HeldDataset, start: number, count: number): Range {
  return { start: [start, ...sampleShape.map(() => 0)], count: [count, ...sampleShape] }
}

function elementsOf(name: DatasetName): number {
  const spec = SPECS.get(name)
  if (spec === undefined) throw new RangeError(`there is no dataset ${name}`)
  return elementsPerSample(spec)
}
