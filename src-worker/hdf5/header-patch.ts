import { writeSync } from 'node:fs'
import { MESSAGE, RawFile, type Message } from './raw-file'
import { STRING_PADDING } from './strings'

/**
 * h5wasm can give a dataset one filter only, strings without null padding, and always a modification time. So
 * datasets are created with a filter message that has just the room for two filters, and before the first chunk is
 * written the headers are corrected in the file. Layouts after the HDF5 file format specification, sections
 * IV.A.2.d (datatype), IV.A.2.l (filter pipeline, version 1), IV.A.2.s (modification time).
 */
export const PLACEHOLDER_FILTER = { id: 1, values: [0, 0, 0, 0, 0, 0, 0, 0] }

const PIPELINE_BYTES = 56
const OPTIONAL_FILTER = 1
const MODIFICATION_TIME = 18
const NIL = 0
/** Bytes of a message's prefix, which begins with its type. */
const PREFIX_BYTES = 8
const STRING_TYPE_V1 = 0x13

export interface HeaderPatch {
  path: string
  /** Bytes of an element, which the shuffle filter has to know. */
  elementBytes: number
  isString: boolean
  /** Gzip level, 1 to 9; null for a dataset without filters. */
  gzip: number | null
}

/**
 * Corrects the headers of datasets in a file that nobody has open: shuffle and gzip, null-padded strings, no times.
 * @throws Error when a header is not as this version of h5wasm leaves it
 */
export function patchHeaders(path: string, patches: readonly HeaderPatch[]): void {
  const file = new RawFile(path, 'r+')
  try {
    for (const patch of patches) patchDataset(file, patch)
  } finally {
    file.close()
  }
}

function patchDataset(file: RawFile, patch: HeaderPatch): void {
  const messages = file.messages(patch.path)
  if (patch.gzip !== null) {
    const pipeline = only(messages, MESSAGE.filters, patch.path)
    expectBytes(pipeline.data, placeholderPipeline(), patch.path)
    write(file, pipelineMessage(patch.elementBytes, patch.gzip), pipeline.at)
  }
  if (patch.isString) {
    const datatype = only(messages, MESSAGE.datatype, patch.path)
    expectBytes(datatype.data, stringType(STRING_PADDING.nullTerminated, patch.elementBytes), patch.path)
    write(file, stringType(STRING_PADDING.nullPadded, patch.elementBytes), datatype.at)
  }
  const time = only(messages, MODIFICATION_TIME, patch.path)
  if (time.data.length !== 8) throw unexpected(patch.path)
  write(file, Buffer.alloc(time.data.length), time.at)
  write(file, Buffer.from([NIL, 0]), time.at - PREFIX_BYTES)
}

/** Shuffle, then gzip. Both are optional filters, as H5Pset_shuffle and H5Pset_deflate make them. */
function pipelineMessage(elementBytes: number, level: number): Buffer {
  const message = Buffer.alloc(PIPELINE_BYTES)
  message.writeUInt8(1, 0)
  message.writeUInt8(2, 1)
  writeFilter(message, 8, { id: 2, name: 'shuffle', value: elementBytes })
  writeFilter(message, 32, { id: 1, name: 'deflate', value: level })
  return message
}

function writeFilter(message: Buffer, at: number, filter: { id: number; name: string; value: number }): void {
  message.writeUInt16LE(filter.id, at)
  message.writeUInt16LE(8, at + 2) // length of the name with its zero byte
  message.writeUInt16LE(OPTIONAL_FILTER, at + 4)
  message.writeUInt16LE(1, at + 6) // number of values
  message.write(filter.name, at + 8, 'latin1')
  message.writeUInt32LE(filter.value, at + 16)
}

function placeholderPipeline(): Buffer {
  const message = Buffer.alloc(PIPELINE_BYTES)
  message.writeUInt8(1, 0)
  message.writeUInt8(1, 1)
  message.writeUInt16LE(PLACEHOLDER_FILTER.id, 8)
  message.writeUInt16LE(8, 10)
  message.writeUInt16LE(PLACEHOLDER_FILTER.values.length, 14)
  message.write('deflate', 16, 'latin1')
  return message
}

function stringType(padding: number, length: number): Buffer {
  const message = Buffer.alloc(8)
  message.writeUInt8(STRING_TYPE_V1, 0)
  message.writeUInt8(padding, 1)
  message.writeUInt32LE(length, 4)
  return message
}

function only(messages: readonly Message[], type: number, path: string): Message {
  const found = messages.filter((candidate) => candidate.type === type)
  const message = found.at(0)
  if (message === undefined || found.length > 1 || message.shared) throw unexpected(path)
  return message
}

function expectBytes(found: Buffer, expected: Buffer, path: string): void {
  if (!found.equals(expected)) throw unexpected(path)
}

function unexpected(path: string): Error {
  return new Error(`the header of ${path} is not as h5wasm 0.10.3 writes it`)
}

function write(file: RawFile, bytes: Buffer, at: number): void {
  if (writeSync(file.fileDescriptor, bytes, 0, bytes.length, at) !== bytes.length) {
    throw new Error('the header could not be rewritten')
  }
}
