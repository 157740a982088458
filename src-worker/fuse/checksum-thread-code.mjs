// The code of a ChecksumThread, which see. It stands for itself: nothing of the program is loaded into the thread.
import { readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { crc32 } from 'node:zlib'

/** Bytes read at a time: few enough to be in the processor's cache still when their checksum is made. */
const PIECE_BYTES = 2 << 20

let room = Buffer.alloc(PIECE_BYTES)

function ofBytes(bytes, sizes) {
  let at = 0
  return sizes.map((size) => crc32(bytes.subarray(at, (at += size))))
}

function ofFile(descriptor, start, sizes) {
  const checksums = new Uint32Array(sizes.length)
  for (let first = 0, at = start; first < sizes.length;) {
    let last = first
    let length = sizes[first]
    while (last + 1 < sizes.length && length + sizes[last + 1] <= PIECE_BYTES) length += sizes[++last]
    if (room.length < length) room = Buffer.alloc(length)
    if (readSync(descriptor, room, 0, length, at) !== length) throw new Error('the file ends early')
    checksums.set(ofBytes(room, sizes.subarray(first, last + 1)), first)
    at += length
    first = last + 1
  }
  return checksums
}

parentPort.on('message', ({ id, bytes, descriptor, at, sizes }) => {
  try {
    const checksums = bytes === null ? ofFile(descriptor, at, sizes) : ofBytes(bytes, sizes)
    parentPort.postMessage({ id, checksums, error: null })
  } catch (error) {
    parentPort.postMessage({ id, checksums: null, error: error.message })
  }
})
