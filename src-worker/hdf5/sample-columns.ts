import {
  bytesPerElement,
  bytesPerSample,
  DATASETS,
  elementsPerSample,
  type DatasetName,
  type DatasetSpec,
} from '../../src-shared/dataset/datasets'
import { StudioError } from '../../src-shared/errors/studio-error'

type Spec = (typeof DATASETS)[number]

/** Names of the datasets whose elements are of one kind. */
export type DatasetOf<Kind extends Spec['type']['kind']> = Extract<Spec, { type: { kind: Kind } }>['name']

/** Plain ASCII without control characters: what every reader takes the same way. */
const REPRESENTABLE = /^[\x20-\x7e]*$/

interface Column {
  spec: DatasetSpec
  sampleBytes: number
  elements: number
  bytes: Uint8Array
}

/**
 * Up to `capacity` samples, column by column: the bytes of each of the 17 datasets as they go into a file,
 * little-endian. A new sample is zero everywhere. Views stay valid until the samples are cleared; writing beyond a
 * view is impossible, and setting it fewer elements than it has leaves the rest as it was.
 */
export class SampleColumns {
  readonly capacity: number
  private readonly columns: ReadonlyMap<DatasetName, Column>
  private used = 0

  constructor(capacity: number) {
    this.capacity = capacity
    this.columns = new Map(
      DATASETS.map((spec) => {
        const sampleBytes = bytesPerSample(spec)
        const bytes = new Uint8Array(capacity * sampleBytes)
        return [spec.name, { spec, sampleBytes, elements: elementsPerSample(spec), bytes }]
      }),
    )
  }

  /** Number of samples held. */
  get count(): number {
    return this.used
  }

  get isFull(): boolean {
    return this.used === this.capacity
  }

  /**
   * Adds a sample of zeros and empty texts and returns its position.
   * @throws RangeError when there is no room
   */
  append(): number {
    if (this.isFull) throw new RangeError(`there is room for ${this.capacity} samples only`)
    const i = this.used++
    for (const { bytes, sampleBytes } of this.columns.values()) {
      bytes.fill(0, i * sampleBytes, (i + 1) * sampleBytes)
    }
    return i
  }

  /**
   * Adds copies of samples [from, from + count) of another block.
   * @throws RangeError when there is no room
   */
  appendFrom(source: SampleColumns, from: number, count: number): void {
    const first = this.reserve(count)
    for (const [name, { bytes, sampleBytes }] of this.columns) {
      const other = source.column(name).bytes
      bytes.set(other.subarray(from * sampleBytes, (from + count) * sampleBytes), first * sampleBytes)
    }
  }

  /**
   * Makes room for samples whose bytes the caller is going to write in full, and returns the position of the first.
   * @throws RangeError when there is no room
   */
  reserve(count: number): number {
    if (this.used + count > this.capacity) {
      throw new RangeError(`${count} samples do not fit; there is room for ${this.capacity - this.used}`)
    }
    const first = this.used
    this.used += count
    return first
  }

  /** Keeps the samples at these ascending positions and drops the others. */
  keep(positions: readonly number[]): void {
    for (const { bytes, sampleBytes } of this.columns.values()) {
      positions.forEach((position, i) => {
        if (position !== i)
          bytes.copyWithin(i * sampleBytes, position * sampleBytes, (position + 1) * sampleBytes)
      })
    }
    this.used = positions.length
  }

  clear(): void {
    this.used = 0
  }

  /** The bytes of all samples held, of one dataset; or those of `count` samples from `from` on. */
  bytes(name: DatasetName, from = 0, count = this.used - from): Uint8Array {
    const { bytes, sampleBytes } = this.column(name)
    return bytes.subarray(from * sampleBytes, (from + count) * sampleBytes)
  }

  uint8(name: DatasetOf<'uint8'>, i: number): Uint8Array {
    return this.view(Uint8Array, name, i)
  }

  uint16(name: DatasetOf<'uint16'>, i: number): Uint16Array {
    return this.view(Uint16Array, name, i)
  }

  float32(name: DatasetOf<'float32'>, i: number): Float32Array {
    return this.view(Float32Array, name, i)
  }

  int64(name: DatasetOf<'int64'>, i: number): bigint {
    return this.view(BigInt64Array, name, i)[0]
  }

  /** @throws StudioError `hdf5-write` when the number needs more than 63 bits and a sign */
  setInt64(name: DatasetOf<'int64'>, i: number, value: bigint): void {
    if (BigInt.asIntN(64, value) !== value)
      throw unfit(name, String(value), 'does not fit into 64 bits with sign')
    this.view(BigInt64Array, name, i)[0] = value
  }

  /** A text of sample `i`; `element` counts through the texts of a sample, row by row. */
  string(name: DatasetOf<'string'>, i: number, element = 0): string {
    const bytes = this.text(name, i, element)
    const end = bytes.indexOf(0)
    return bytes.toString('latin1', 0, end < 0 ? bytes.length : end)
  }

  /** @throws StudioError `hdf5-write` when the text is longer than the dataset's strings, or not plain ASCII */
  setString(name: DatasetOf<'string'>, i: number, element: number, text: string): void {
    const bytes = this.text(name, i, element)
    if (text.length > bytes.length) throw unfit(name, text, `is longer than ${bytes.length} characters`)
    if (!REPRESENTABLE.test(text)) throw unfit(name, text, 'has characters other than plain ASCII')
    bytes.fill(0, bytes.write(text, 'latin1'))
  }

  private text(name: DatasetOf<'string'>, i: number, element: number): Buffer {
    const { bytes, spec, sampleBytes, elements } = this.held(name, i)
    const length = bytesPerElement(spec.type)
    if (element < 0 || element >= elements) throw new RangeError(`${name} has ${elements} texts a sample`)
    return Buffer.from(bytes.buffer, i * sampleBytes + element * length, length)
  }

  private view<T>(
    array: new (buffer: ArrayBufferLike, at: number, length: number) => T,
    name: DatasetName,
    i: number,
  ): T {
    const { bytes, sampleBytes, elements } = this.held(name, i)
    return new array(bytes.buffer, i * sampleBytes, elements)
  }

  private held(name: DatasetName, i: number): Column {
    if (i < 0 || i >= this.used) throw new RangeError(`there is no sample ${i} of ${this.used}`)
    return this.column(name)
  }

  private column(name: DatasetName): Column {
    const column = this.columns.get(name)
    if (column === undefined) throw new RangeError(`there is no dataset ${name}`)
    return column
  }
}

function unfit(name: string, value: string, what: string): StudioError {
  return new StudioError('hdf5-write', `"${value}" ${what}, and cannot be stored in ${name}.`, {
    hint: 'Rename the file or product that the text comes from, or leave it out.',
    context: { dataset: name, value },
  })
}
