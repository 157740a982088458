import { bytesFor } from './b-tree-2'
import { address, expectSignature, RawFormatError, type FileBytes } from './raw-file'

const HEADER_BYTES = 142
const BLOCK_PREFIX = 5 + 8
/** Objects of other kinds than those that lie in the heap's own blocks say so in these bits of their name. */
const KIND_BITS = 0xf0

/** A direct block: objects lie at their offset in the heap's space, counted from where the block begins. */
interface Block {
  from: number
  to: number
  at: number
}

/**
 * Reads objects of a fractal heap by their names, as far as they lie in blocks that its root names. Layout after section III.G
 * of the format specification.
 * @param at where the heap's header lies
 * @returns the bytes of the object that a name stands for
 * @throws RawFormatError when the heap is damaged, filtered or larger than that
 */
export function fractalHeap(file: FileBytes, at: number): (name: Buffer) => Buffer {
  const header = file.read(at, HEADER_BYTES)
  expectSignature(header, 'FRHP')
  if (header.readUInt16LE(7) !== 0) throw new RawFormatError('a heap is filtered')
  const greatestObject = header.readUInt32LE(10)
  const width = header.readUInt16LE(110)
  const start = address(header, 112)
  const greatest = address(header, 120)
  const offsetBytes = Math.ceil(header.readUInt16LE(128) / 8)
  const lengthBytes = Math.min(Math.ceil(Math.log2(greatest) / 8), bytesFor(greatestObject))
  const root = address(header, 132)
  const rows = header.readUInt16LE(140)
  const blocks = rows === 0 ? [{ from: 0, to: start, at: root }] : directBlocks()

  return (name) => {
    if ((name[0] & KIND_BITS) !== 0) throw new RawFormatError('an object lies outside of its heap')
    const offset = name.readUIntLE(1, offsetBytes)
    const length = name.readUIntLE(1 + offsetBytes, lengthBytes)
    const block = blocks.find(({ from, to }) => offset >= from && offset + length <= to)
    if (block === undefined) throw new RawFormatError('an object is missing in its heap')
    return file.read(block.at + offset - block.from, length)
  }

  function directBlocks(): Block[] {
    const directRows = Math.min(rows, Math.log2(greatest) - Math.log2(start) + 2)
    const prefix = BLOCK_PREFIX + offsetBytes
    const bytes = file.read(root, prefix + directRows * width * 8)
    expectSignature(bytes, 'FHIB')
    const found: Block[] = []
    let from = 0
    for (let i = 0; i < directRows * width; i++) {
      const row = Math.floor(i / width)
      const to = from + start * 2 ** Math.max(0, row - 1)
      const child = bytes.readBigUInt64LE(prefix + 8 * i)
      if (child < BigInt(Number.MAX_SAFE_INTEGER)) found.push({ from, to, at: Number(child) })
      from = to
    }
    return found
  }
}
