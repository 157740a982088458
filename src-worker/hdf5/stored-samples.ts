import { fstatSync, readSync } from 'node:fs'
import { bytesPerElement, bytesPerSample, type DatasetName } from '../../src-shared/dataset/datasets'
import { forEachChunk } from './chunk-index'
import { readApart, readRows, type ChunkedLayout } from './chunk-reader'
import type { DatasetChoice } from './dataset-choice'
import { datasetHeader, type DatasetHeader } from './dataset-header'
import { END_OF_FILE_AT, RawFile, RawFormatError } from './raw-file'
import { datasetPath } from './samples-file'

/** Where stored chunks of samples lie: that of image layer k of sample i at position i * layers + k. */
export interface ImagePlaces {
  at: Float64Array
  bytes: Uint32Array
}

/**
 * A batch or dataset file in the layout that this program writes, read without libhdf5: image layers as they are
 * stored, small columns as records (see DatasetChoice). What is laid out in another way is a RawFormatError.
 */
export class StoredSamples {
  readonly path: string
  readonly choice: DatasetChoice
  readonly samples: number
  private readonly file: RawFile
  private readonly headers = new Map<DatasetName, DatasetHeader>()
  private readonly columns: readonly ChunkedLayout[]

  /** @throws RawFormatError; a system error when the file cannot be read */
  constructor(path: string, choice: DatasetChoice) {
    this.path = path
    this.choice = choice
    this.file = new RawFile(path)
    try {
      for (const { name } of choice.specs) this.headers.set(name, datasetHeader(this.file, datasetPath(name)))
      const counts = new Set([...this.headers.values()].map(({ rows }) => rows))
      if (counts.size > 1) throw new RawFormatError('its datasets have different numbers of samples')
      this.samples = Math.max(0, ...counts)
      this.columns = choice.columns.map(({ spec }) => this.layout(spec))
    } catch (error) {
      this.file.close()
      throw error
    }
  }

  /** Where the file ends, as its superblock says. */
  endOfFile(): number {
    return this.file.address(END_OF_FILE_AT)
  }

  /** Whether the file is as long as its superblock says, or longer. */
  isWhole(): boolean {
    return fstatSync(this.file.fileDescriptor).size >= this.endOfFile()
  }

  header(name: DatasetName): DatasetHeader {
    const header = this.headers.get(name)
    if (header === undefined) throw new RawFormatError(`it has no ${name}`)
    return header
  }

  /** Whether stored chunks of this file can stand in the other as they are: same types, chunks and filters. */
  hasFormOf(other: StoredSamples): boolean {
    return this.choice.specs.every(({ name }) => this.header(name).form === other.header(name).form)
  }

  /**
   * Where the image chunks of samples [first, first + count) lie.
   * @throws RawFormatError when a chunk is missing, or left a filter out
   */
  places(first: number, count: number): ImagePlaces {
    const { images } = this.choice
    const places = {
      at: new Float64Array(count * images.length),
      bytes: new Uint32Array(count * images.length),
    }
    images.forEach(({ name }, layer) => {
      let next = first
      forEachChunk(
        this.file,
        this.header(name).index,
        first,
        first + count,
        ({ row, at, bytes, filterMask }) => {
          if (row !== next || filterMask !== 0) return false
          places.at[(row - first) * images.length + layer] = at
          places.bytes[(row - first) * images.length + layer] = bytes
          next += 1
          return true
        },
      )
      if (next !== first + count) throw new RawFormatError(`${name} lacks the chunk of sample ${next}`)
    })
    return places
  }

  /**
   * Puts the records of samples [first, first + count) into `records`, `stride` bytes apart.
   * @throws RawFormatError when a chunk is missing or damaged
   */
  readRecords(first: number, count: number, records: Uint8Array, stride: number): void {
    this.choice.columns.forEach(({ spec, at }, k) => {
      const rows = { start: first, count }
      if (!readApart(this.file, this.columns[k], rows, { to: records, at, stride })) {
        throw new RawFormatError(`${spec.name} has a damaged chunk`)
      }
    })
  }

  /** The layout of a dataset by which `readRows` reads it. */
  layout(spec: DatasetChoice['specs'][number]): ChunkedLayout {
    const { index, chunk, isFiltered, rows } = this.header(spec.name)
    const elementBytes = bytesPerElement(spec.type)
    const edges = [spec.chunkSamples, ...spec.shape, elementBytes]
    if (edges.join() !== chunk.join()) throw new RawFormatError(`${spec.name} has other chunks`)
    return {
      index,
      chunkRows: spec.chunkSamples,
      rowBytes: bytesPerSample(spec),
      rows,
      deflate: isFiltered,
      shuffle: isFiltered && elementBytes > 1 ? elementBytes : 0,
    }
  }

  /** The open file. */
  get descriptor(): number {
    return this.file.fileDescriptor
  }

  /** Reads bytes of the file into `target`, which they fill. @throws RawFormatError when the file ends before */
  readInto(target: Uint8Array, at: number): void {
    if (readSync(this.file.fileDescriptor, target, 0, target.length, at) !== target.length) {
      throw new RawFormatError('the file ends early')
    }
  }

  /** Reads samples [first, first + count) of a dataset, decompressed; false where a chunk is damaged. */
  readRows(spec: DatasetChoice['specs'][number], first: number, count: number, target: Uint8Array): boolean {
    return readRows(this.file, this.layout(spec), first, count, target)
  }

  close(): void {
    this.file.close()
  }
}
