// The code of an ImageThread, which see. It stands for itself: nothing of the program is loaded into the thread.
import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { crc32 } from 'node:zlib'

/** Bytes read at a time: few enough to be in the processor's cache still when their checksum is made. */
const PIECE_BYTES = 2 << 20
/** Parts that are kept open, those that were used last; what is open is closed when the thread ends. */
const OPEN_PARTS = 128

let room = Buffer.alloc(PIECE_BYTES)
let paths = []
const open = new Map()

/** What is wrong with a part. */
class PartFault extends Error {
  constructor(part, isShort, cause) {
    super(isShort ? 'it ends early' : cause.message)
    this.fault = { part, isShort, message: this.message }
  }
}

function descriptorOf(part) {
  const descriptor = open.get(part) ?? openSync(paths[part], 'r')
  open.delete(part)
  open.set(part, descriptor)
  for (const [oldest, unused] of open) {
    if (open.size <= OPEN_PARTS) break
    closeSync(unused)
    open.delete(oldest)
  }
  return descriptor
}

function readPart(part, target, offset, length, at) {
  let read
  try {
    read = readSync(descriptorOf(part), target, offset, length, at)
  } catch (error) {
    throw new PartFault(part, false, error)
  }
  if (read !== length) throw new PartFault(part, true)
}

/** Carries out a ReadPlan, which see, and makes the checksums of its samples, if they are asked for. */
function copy({ target, reads, copies, pieces, withChecksums }) {
  for (let r = 0, c = 0; r < reads.length; r += 4) {
    const [part, at, length, count] = reads.subarray(r, r + 4)
    if (count === 1) readPart(part, target, copies[c + 1], length, at)
    else {
      if (room.length < length) room = Buffer.alloc(length)
      readPart(part, room, 0, length, at)
      for (let k = c; k < c + 3 * count; k += 3)
        target.set(room.subarray(copies[k], copies[k] + copies[k + 2]), copies[k + 1])
    }
    c += 3 * count
  }
  const checksums = new Uint32Array(withChecksums ? pieces.length / 2 : 0)
  for (let i = 0; i < checksums.length; i++)
    checksums[i] = crc32(target.subarray(pieces[2 * i], pieces[2 * i] + pieces[2 * i + 1]))
  return checksums
}

/** The checksums of pieces that lie behind one another in an open file. */
function ofFile({ descriptor, at: start, sizes }) {
  const checksums = new Uint32Array(sizes.length)
  for (let first = 0, at = start; first < sizes.length;) {
    let last = first
    let length = sizes[first]
    while (last + 1 < sizes.length && length + sizes[last + 1] <= PIECE_BYTES) length += sizes[++last]
    if (room.length < length) room = Buffer.alloc(length)
    if (readSync(descriptor, room, 0, length, at) !== length) throw new Error('the file ends early')
    for (let i = first, from = 0; i <= last; from += sizes[i++])
      checksums[i] = crc32(room.subarray(from, from + sizes[i]))
    at += length
    first = last + 1
  }
  return checksums
}

parentPort.on('message', ({ id, kind, ...request }) => {
  if (kind === 'parts') return void (paths = request.paths)
  try {
    const checksums = kind === 'copy' ? copy(request) : ofFile(request)
    parentPort.postMessage({ id, checksums, fault: null })
  } catch (error) {
    const fault = error.fault ?? { part: null, isShort: false, message: error.message }
    parentPort.postMessage({ id, checksums: null, fault })
  }
})
