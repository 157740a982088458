import { closeSync, openSync } from 'node:fs'
import { bytesPerElement, type DatasetType } from '../../src-shared/dataset/datasets'
import { attributeLayout, type AttributeInput } from './attribute-layout'
import { BLOCK_BYTES, withHeap } from './heap'
import { splitRows } from './hyperslab'
import { loadHdf5, type Hdf5Library, type Hdf5Module } from './library'
import { PLACEHOLDER_FILTER } from './header-patch'
import { writeFault } from './write-fault'
import { numericMetadata, stringMetadata } from './write-metadata'

/** A dataset that grows along its first axis, in chunks that span all other axes. */
export interface GrowingDataset {
  path: string
  type: DatasetType
  /** Shape of one row. */
  rowShape: readonly number[]
  chunkRows: number
}

const UNLIMITED = 0xffff_ffff_ffff_ffffn

/**
 * Writes an HDF5 file in the classic format (superblock 0, version 1 B-trees), with every failure of libhdf5 turned
 * into an error. All methods throw StudioError `hdf5-write` or `disk-full`; after that the file is worthless and
 * wants to be closed and deleted.
 */
export class Hdf5Writer {
  readonly path: string
  private readonly library: Hdf5Library
  private id: bigint | null

  private constructor(library: Hdf5Library, path: string, id: bigint) {
    this.library = library
    this.path = path
    this.id = id
  }

  /** Creates a file, over one that is there. */
  static async create(path: string): Promise<Hdf5Writer> {
    try {
      closeSync(openSync(path, 'w')) // the system's own words when that fails; libhdf5's are vague
    } catch (error) {
      throw writeFault(path, 'The file cannot be created', error)
    }
    return Hdf5Writer.open(path, 'H5F_ACC_TRUNC')
  }

  /** Opens a file that this class has made, to write on. */
  static async reopen(path: string): Promise<Hdf5Writer> {
    return Hdf5Writer.open(path, 'H5F_ACC_RDWR')
  }

  private static async open(path: string, mode: 'H5F_ACC_TRUNC' | 'H5F_ACC_RDWR'): Promise<Hdf5Writer> {
    const library = await loadHdf5()
    const { value: id, complaint } = library.run((module) =>
      module.open(path, module[mode], false, module.H5F_LIBVER_EARLIEST, module.H5F_LIBVER_V110),
    )
    if (id <= 0n) throw writeFault(path, 'The file cannot be opened for writing', complaint)
    return new Hdf5Writer(library, path, id)
  }

  createGroup(path: string): void {
    this.call(`create the group ${path}`, (module, id) => module.create_group(id, path, false))
  }

  /**
   * Creates a dataset without rows.
   * @param filtered whether to make room for the filters that `patchHeaders` fills in
   */
  createDataset(dataset: GrowingDataset, filtered: boolean): void {
    const edges = dataset.rowShape.map(BigInt)
    const metadata = {
      ...(dataset.type.kind === 'string'
        ? stringMetadata(dataset.type.length)
        : numericMetadata(dataset.type.kind)),
      shape: [0n, ...edges],
      maxshape: [UNLIMITED, ...edges],
      chunks: [BigInt(dataset.chunkRows), ...edges],
      compression: filtered ? PLACEHOLDER_FILTER.id : 0,
      compression_opts: filtered ? PLACEHOLDER_FILTER.values : [],
    }
    this.call(`create the dataset ${dataset.path}`, (module, id) =>
      withHeap(module, 1, (pointer) => module.create_dataset(id, dataset.path, BigInt(pointer), metadata)),
    )
  }

  /** Adds an attribute to a group or dataset; `/` is the root. */
  createAttribute(path: string, name: string, value: AttributeInput): void {
    const { texts, bytes, metadata } = attributeLayout(value)
    this.call(`write the attribute ${name}`, (module, id) => {
      if (texts !== null) return module.create_vlen_str_attribute(id, path, name, texts, metadata)
      return withHeap(module, bytes.length, (pointer) => {
        module.HEAPU8.set(bytes, pointer)
        return module.create_attribute(id, path, name, BigInt(pointer), metadata)
      })
    })
  }

  /** Makes a dataset `rows` long; what is not written is zero. */
  enlarge({ path, rowShape }: GrowingDataset, rows: number): void {
    this.call(`enlarge ${path}`, (module, id) =>
      module.resize_dataset(id, path, [rows, ...rowShape].map(BigInt)),
    )
  }

  /** Writes rows from `first` on, which are there already: their elements' bytes, little-endian, row by row. */
  writeRows({ path, rowShape, chunkRows, type }: GrowingDataset, first: number, bytes: Uint8Array): void {
    const rowBytes = rowShape.reduce((product, edge) => product * edge, bytesPerElement(type))
    for (const part of splitRows(first, bytes.length / rowBytes, rowBytes, chunkRows, BLOCK_BYTES)) {
      const at = (part.start - first) * rowBytes
      const block = bytes.subarray(at, at + part.count * rowBytes)
      this.writeBlock(path, [part.start, ...rowShape.map(() => 0)], [part.count, ...rowShape], block)
    }
  }

  /** Closes the file; a second call does nothing. */
  close(): void {
    if (this.id === null) return
    this.call('close the file', (module, id) => {
      this.id = null
      return module.close_file(id)
    })
  }

  private writeBlock(
    path: string,
    start: readonly number[],
    count: readonly number[],
    block: Uint8Array,
  ): void {
    this.call(`write to ${path}`, (module, id) =>
      withHeap(module, block.length, (pointer) => {
        module.HEAPU8.set(block, pointer)
        const strides = count.map(() => 1n)
        return module.set_dataset_data(
          id,
          path,
          count.map(BigInt),
          start.map(BigInt),
          strides,
          BigInt(pointer),
        )
      }),
    )
  }

  /** Runs calls whose status must be good and about which libhdf5 must have no complaint. */
  private call(what: string, calls: (module: Hdf5Module, id: bigint) => number): void {
    const id = this.id
    const message = `The file cannot be written: could not ${what}`
    if (id === null) throw writeFault(this.path, message, 'it is closed')
    let status: number
    let complaint: string
    try {
      ;({ value: status, complaint } = this.library.run((module) => calls(module, id)))
    } catch (error) {
      throw writeFault(this.path, message, this.library.complaint() || error)
    }
    if (status < 0 || complaint !== '') throw writeFault(this.path, message, complaint)
  }
}
