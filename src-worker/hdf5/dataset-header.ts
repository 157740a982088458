import { chunkIndex, type ChunkIndex } from './chunk-index'
import { MESSAGE, RawFormatError, type Message, type RawFile } from './raw-file'

/** What the object header of a chunked dataset says, as bytes that can be compared with those of another file. */
export interface DatasetHeader {
  /** Rows along the first axis. */
  rows: number
  /** Edges of a chunk, those of the dataset's axes, then the bytes of an element. */
  chunk: readonly number[]
  index: ChunkIndex
  /** Position in the file of the address of the chunk index. */
  indexAddressAt: number
  /** Whether chunks went through filters. */
  isFiltered: boolean
  /** Element type, chunk edges, filters, other axes: all that two datasets must share for chunks to be exchanged. */
  form: string
}

/** A message of a layout: version, class, axes with the element's, 8-byte address, an edge each (IV.A.2.i, version 3). */
const LAYOUT_ADDRESS = 3
const LAYOUT_EDGES = 11
/** A message of an extent: version, axes, flags, five reserved bytes, lengths, greatest lengths (IV.A.2.b, version 1). */
const EXTENT_VERSION = 1
const EXTENT_LENGTHS = 8

/**
 * The header of a dataset of a classic file.
 * @throws RawFormatError when the dataset is missing, not chunked, or described in a newer way
 */
export function datasetHeader(file: RawFile, path: string): DatasetHeader {
  const messages = file.messages(path)
  const layout = one(messages, MESSAGE.layout, path)
  const extent = one(messages, MESSAGE.extent, path)
  const type = one(messages, MESSAGE.datatype, path)
  const filters = messages.filter((message) => message.type === MESSAGE.filters)
  const index = chunkIndex(file, path)
  if (extent.data[0] !== EXTENT_VERSION || extent.data[1] !== index.rank) {
    throw new RawFormatError(`${path} has an extent of another version`)
  }
  const chunk = Array.from({ length: index.rank + 1 }, (_, axis) =>
    layout.data.readUInt32LE(LAYOUT_EDGES + 4 * axis),
  )
  const otherAxes = Buffer.concat([
    extent.data.subarray(0, EXTENT_LENGTHS),
    extent.data.subarray(EXTENT_LENGTHS + 8),
  ])
  const form = [type.data, otherAxes, ...filters.map(({ data }) => data)].map((bytes) =>
    bytes.toString('hex'),
  )
  return {
    rows: Number(extent.data.readBigUInt64LE(EXTENT_LENGTHS)),
    chunk,
    index,
    indexAddressAt: layout.at + LAYOUT_ADDRESS,
    isFiltered: filters.length > 0,
    form: [...form, chunk.join()].join(' '),
  }
}

function one(messages: readonly Message[], type: number, path: string): Message {
  const found = messages.find((message) => message.type === type)
  if (found === undefined || found.shared) throw new RawFormatError(`${path} has no message ${type}`)
  return found
}
