import type { Filter, Metadata } from 'h5wasm/node'
import type { StudioError } from '../../src-shared/errors/studio-error'
import { readAttribute, type AttributeValue } from './attribute-reader'
import { elementTypeOf, isNumericType, typedArray, type ElementType, type NumericArray } from './element-type'
import { BLOCK_BYTES, LARGEST_ALLOCATION, withHeap } from './heap'
import { elementCount, rangeFault, splitRows, wholeRows, type Range } from './hyperslab'
import { loadHdf5, type Hdf5Library, type Hdf5Module } from './library'
import { NativeReader, type DescribedDataset } from './native-reader'
import { openFault } from './open-fault'
import { HINT, readFault } from './read-fault'
import { decodeFixedStrings, decodePointers, POINTER_BYTES, STRING_PADDING } from './strings'

/** libhdf5's numbers of object kinds (H5G_obj_t); -1 where there is nothing. */
const GROUP_KIND = 0
const DATASET_KIND = 1

/**
 * Opens an HDF5 file for reading.
 * @param options `natively: false` leaves all reading to libhdf5, for checks
 * @throws StudioError `hdf5-open` when it is missing, empty, truncated, damaged or no HDF5
 */
export async function openHdf5(path: string, { natively = true } = {}): Promise<Hdf5Reader> {
  const library = await loadHdf5()
  const { value: id, complaint } = library.run((module) =>
    module.open(path, module.H5F_ACC_RDONLY, false, -1, -1),
  )
  if (id <= 0n) throw openFault(path, complaint)
  return new Hdf5Reader(library, path, id, natively)
}

/** Opens a file, hands it to `use` and closes it, whatever happens. */
export async function withHdf5<T>(path: string, use: (file: Hdf5Reader) => T | Promise<T>): Promise<T> {
  const file = await openHdf5(path)
  try {
    return await use(file)
  } finally {
    file.close()
  }
}

/**
 * An HDF5 file open for reading, with every status of libhdf5 checked. Paths inside the file are like
 * `BEAM0000/agbd`. All methods but `close` throw StudioError `hdf5-read` when what they are asked for is missing, of
 * the wrong kind or damaged.
 */
export class Hdf5Reader {
  readonly path: string
  private readonly library: Hdf5Library
  private readonly descriptions = new Map<string, Metadata>()
  private readonly native: NativeReader | null
  private id: bigint | null

  constructor(library: Hdf5Library, path: string, id: bigint, natively: boolean) {
    this.library = library
    this.path = path
    this.native = natively ? new NativeReader(path) : null
    this.id = id
  }

  /** Names of the children of a group, in creation order where the file keeps it, else by name; `/` is the root. */
  names(group: string): string[] {
    if (this.kind(group) !== GROUP_KIND) throw this.fault(group, 'is not a group of this file')
    return this.call(group, (module, id) => module.get_names(id, group, false))
  }

  /** Whether there is a group or dataset at this path. */
  has(path: string): boolean {
    const kind = this.kind(path)
    return kind === GROUP_KIND || kind === DATASET_KIND
  }

  /** Whether there is a dataset at this path. */
  hasDataset(path: string): boolean {
    return this.kind(path) === DATASET_KIND
  }

  /** Lengths of the axes; empty for a scalar. */
  shape(path: string): number[] {
    const { shape } = this.describe(path)
    if (shape === null) throw this.fault(path, 'holds no data (its extent is null)')
    return shape
  }

  elementType(path: string): ElementType {
    return elementTypeOf(this.describe(path))
  }

  /** h5wasm's own description of a dataset: byte length and padding of strings, byte order, largest shape. */
  describe(path: string): Metadata {
    const known = this.descriptions.get(path)
    if (known !== undefined) return known
    const kind = this.kind(path)
    if (kind === GROUP_KIND) throw this.fault(path, 'is a group, not a dataset')
    if (kind !== DATASET_KIND) throw this.fault(path, 'is missing')
    const description = this.call(path, (module, id) => module.get_dataset_metadata(id, path))
    this.descriptions.set(path, description)
    return description
  }

  /** Filters that chunks went through when they were written, in that order; empty without any. */
  filters(path: string): Filter[] {
    this.describe(path)
    return this.call(path, (module, id) => module.get_dataset_filters(id, path))
  }

  /** Whether a dataset went through LZF, which is h5py's own, in a way that is not read here. */
  needsH5py(path: string): boolean {
    return this.native?.needsH5py(this.described(path)) === true
  }

  /** Shape of a chunk; null where the dataset is not chunked. */
  chunks(path: string): number[] | null {
    return this.describe(path).chunks
  }

  /**
   * Elements of a numeric dataset in row-major order, as its own type in the machine's byte order (uint64 as
   * BigUint64Array). All of it without a range. Reads in blocks, so that the size is bounded by memory only.
   */
  read(path: string, range?: Range): NumericArray {
    const type = this.elementType(path)
    if (!isNumericType(type)) throw this.fault(path, `holds no numbers (its element type is ${type})`)
    return typedArray(type, this.readBytes(path, range))
  }

  /**
   * Copies the raw bytes of a dataset into `target`: numbers in little-endian order, fixed-length strings as they
   * are. Without a range, all of it.
   * @param target as long as the elements of the range
   */
  readInto(path: string, target: Uint8Array, range?: Range): void {
    const { size } = this.describe(path)
    if (this.readNatively(path, target, range)) return
    for (const { slab, at, bytes } of this.slabs(path, range)) {
      this.readSlab(path, slab, bytes, (heap, pointer) => {
        target.set(heap.subarray(pointer, pointer + bytes), at * size)
      })
    }
  }

  /** Texts of a dataset of strings, fixed-length or variable-length, without padding; decoded as UTF-8. */
  readStrings(path: string, range?: Range): string[] {
    const { size, vlen, strpad } = this.describe(path)
    const type = this.elementType(path)
    if (type !== 'string') throw this.fault(path, `holds no text (its element type is ${type})`)
    if (!vlen) {
      const bytes = Buffer.from(this.readBytes(path, range))
      return decodeFixedStrings(bytes, size, strpad ?? STRING_PADDING.nullTerminated)
    }
    const own = this.native?.readTexts(this.described(path), wholeRows(this.shape(path), range)) ?? null
    if (own !== null) return own
    const texts: string[] = []
    for (const { slab, bytes } of this.slabs(path, range)) {
      this.readSlab(path, slab, bytes, (heap, pointer, module, id) => {
        for (const text of decodePointers(heap, pointer, bytes / POINTER_BYTES)) texts.push(text)
        const count = slab.count.map(BigInt)
        if (count.length === 0) module.reclaim_vlen_memory(id, path, '', BigInt(pointer))
        else module.reclaim_vlen_memory_count(id, path, '', BigInt(pointer), count)
      })
    }
    return texts
  }

  /** Names of the attributes of a group or dataset. */
  attributeNames(path: string): string[] {
    if (!this.has(path)) throw this.fault(path, 'is missing')
    return this.call(path, (module, id) => module.get_attribute_names(id, path))
  }

  /** Value of an attribute of a group or dataset: a scalar or, where it has an extent, an array; undefined without one. */
  attribute(path: string, name: string): AttributeValue | undefined {
    if (!this.attributeNames(path).includes(name)) return undefined
    const { value, reason } = this.call(path, (module, id) => readAttribute(module, id, path, name))
    if (reason !== null) throw this.fault(path, `has an attribute "${name}" that ${reason}`)
    return value
  }

  /** Closes the file; a second call does nothing. */
  close(): void {
    const id = this.id
    if (id === null) return
    this.id = null
    this.native?.close()
    this.library.run((module) => module.close_file(id))
  }

  private kind(path: string): number {
    if (path === '/' || path === '') return GROUP_KIND
    return this.call(path, (module, id) => module.get_type(id, path))
  }

  private readBytes(path: string, range?: Range): ArrayBuffer {
    const count = range?.count ?? this.shape(path)
    const bytes = this.allocate(path, elementCount(count) * this.describe(path).size)
    this.readInto(path, new Uint8Array(bytes), range)
    return bytes
  }

  /** Whether the range could be read without libhdf5, which is faster. */
  private readNatively(path: string, target: Uint8Array, range?: Range): boolean {
    const rows = wholeRows(this.shape(path), range)
    return rows !== null && this.native?.read(this.described(path), rows.start, rows.count, target) === true
  }

  private described(path: string): DescribedDataset {
    return { path, metadata: this.describe(path), filters: () => this.filters(path) }
  }

  private allocate(path: string, bytes: number): ArrayBuffer {
    try {
      return new ArrayBuffer(bytes)
    } catch (error) {
      throw this.fault(path, `cannot be read in one piece of ${bytes} bytes`, 'Read it in parts.', error)
    }
  }

  /** Blocks of a range that libhdf5 can deliver one by one; `at` counts elements from the start of the range. */
  private *slabs(path: string, range?: Range): Generator<{ slab: Range; at: number; bytes: number }> {
    const shape = this.shape(path)
    const { size, chunks } = this.describe(path)
    const whole = range ?? { start: shape.map(() => 0), count: shape }
    const reason = rangeFault(whole, shape)
    if (reason !== null) throw this.fault(path, `was read wrongly: ${reason}`, HINT.report)
    const total = elementCount(whole.count)
    if (total === 0) return
    if (this.needsH5py(path))
      throw this.fault(path, 'is compressed by LZF in a way that only h5py reads', HINT.lzf)
    if (shape.length === 0) {
      yield { slab: whole, at: 0, bytes: size }
      return
    }
    const [firstRow, ...start] = whole.start
    const [rows, ...count] = whole.count
    const rowElements = total / rows
    for (const part of splitRows(firstRow, rows, rowElements * size, chunks?.[0] ?? 1, BLOCK_BYTES)) {
      const slab = { start: [part.start, ...start], count: [part.count, ...count] }
      const bytes = part.count * rowElements * size
      if (bytes > LARGEST_ALLOCATION) {
        throw this.fault(
          path,
          `is stored in chunks of ${bytes} bytes, too large to be read`,
          'Repack it in smaller chunks.',
        )
      }
      yield { slab, at: (part.start - firstRow) * rowElements, bytes }
    }
  }

  private readSlab<T>(
    path: string,
    slab: Range,
    bytes: number,
    use: (heap: Uint8Array, pointer: number, module: Hdf5Module, id: bigint) => T,
  ): T {
    const { start, count } = slab
    const scalar = count.length === 0
    return this.call(path, (module, id) =>
      withHeap(module, bytes, (pointer) => {
        const status = module.get_dataset_data(
          id,
          path,
          scalar ? null : count.map(BigInt),
          scalar ? null : start.map(BigInt),
          scalar ? null : count.map(() => 1n),
          BigInt(pointer),
        )
        if (status < 0) throw new Error('libhdf5 could not read the data')
        return use(module.HEAPU8, pointer, module, id)
      }),
    )
  }

  /** Runs calls into libhdf5; anything thrown or complained about becomes an error that names file and object. */
  private call<T>(object: string, calls: (module: Hdf5Module, id: bigint) => T): T {
    const id = this.id
    if (id === null) throw this.fault(object, 'was asked for after the file was closed', HINT.report)
    let outcome: { value: T; complaint: string }
    try {
      outcome = this.library.run((module) => calls(module, id))
    } catch (error) {
      throw this.fault(
        object,
        'cannot be read; the file is damaged',
        HINT.damaged,
        this.library.complaint() || error,
      )
    }
    if (outcome.complaint !== '')
      throw this.fault(object, 'cannot be read; the file is damaged', HINT.damaged, outcome.complaint)
    return outcome.value
  }

  private fault(object: string, what: string, hint: string = HINT.missing, cause?: unknown): StudioError {
    return readFault(this.path, object, what, hint, cause)
  }
}
