import { ObjectTree, RawFormatError, type FileBytes } from './object-tree'

export { RawFormatError, type FileBytes }

/**
 * The bytes of an HDF5 file without libhdf5: as much of the file format as is needed to find a dataset's object
 * header. It knows the classic format (superblock 0, version 1 object headers, symbol tables), which `libver
 * earliest` writes and NASA's granules have; everything else is a `RawFormatError`, and the caller does without.
 * Offsets and numbers after the "HDF5 File Format Specification Version 3.0", sections II.A, III.A, IV.A.
 */
export class RawFile extends ObjectTree<Message> {
  /**
   * @param mode `r` to read, `r+` to read and patch
   * @throws RawFormatError when the file is not in the classic format; a system error when it cannot be opened
   */
  constructor(path: string, mode: 'r' | 'r+' = 'r') {
    super(path, mode, SUPERBLOCK_BYTES, rootHeader)
  }

  /** The 8-byte address at a place of the file. */
  address(at: number): number {
    return address(this.read(at, 8), 0)
  }

  protected messagesAt(header: number): Message[] {
    const prefix = this.read(header, HEADER_PREFIX_BYTES)
    if (prefix[0] !== 1) throw new RawFormatError('the object header is not version 1')
    const expected = prefix.readUInt16LE(2)
    const blocks = [{ at: header + HEADER_PREFIX_BYTES, length: prefix.readUInt32LE(8) }]
    const messages: Message[] = []
    for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
      const bytes = this.read(block.at, block.length)
      for (let p = 0; p + MESSAGE_PREFIX_BYTES <= bytes.length && messages.length < expected;) {
        const type = bytes.readUInt16LE(p)
        const start = p + MESSAGE_PREFIX_BYTES
        const data = bytes.subarray(start, start + bytes.readUInt16LE(p + 2))
        messages.push({ type, shared: (bytes[p + 4] & SHARED_FLAG) !== 0, data, at: block.at + start })
        if (type === MESSAGE.continuation) blocks.push({ at: address(data, 0), length: address(data, 8) })
        p = start + data.length
      }
    }
    return messages
  }

  protected childrenOf(header: number): Map<string, number> {
    const table = this.messagesAt(header).find((message) => message.type === MESSAGE.symbolTable)
    if (table === undefined) throw new RawFormatError('a group has no symbol table')
    const heap = this.read(address(table.data, 8), HEAP_HEADER_BYTES)
    expectSignature(heap, 'HEAP')
    const names = this.read(address(heap, 24), address(heap, 8))
    const children = new Map<string, number>()
    this.collectChildren(address(table.data, 0), names, children, MAX_LEVEL)
    return children
  }

  private collectChildren(at: number, names: Buffer, children: Map<string, number>, below: number): void {
    const node = this.read(at, NODE_PREFIX_BYTES)
    expectSignature(node, 'TREE')
    const level = node[5]
    if (node[4] !== 0 || level >= below) throw new RawFormatError('a group has a damaged index')
    const used = node.readUInt16LE(6)
    const body = this.read(at + NODE_PREFIX_BYTES, (2 * used + 1) * 8)
    for (let i = 0; i < used; i++) {
      const child = address(body, 8 + 16 * i)
      if (level > 0) this.collectChildren(child, names, children, level)
      else this.collectSymbols(child, names, children)
    }
  }

  private collectSymbols(at: number, names: Buffer, children: Map<string, number>): void {
    const node = this.read(at, SYMBOL_NODE_PREFIX_BYTES)
    expectSignature(node, 'SNOD')
    const used = node.readUInt16LE(6)
    const entries = this.read(at + SYMBOL_NODE_PREFIX_BYTES, used * SYMBOL_BYTES)
    for (let i = 0; i < used; i++) {
      const name = address(entries, i * SYMBOL_BYTES)
      const header = entries.readBigUInt64LE(i * SYMBOL_BYTES + 8)
      if (header === UNDEFINED_ADDRESS) continue // a soft link
      children.set(names.toString('utf8', name, names.indexOf(0, name)), Number(header))
    }
  }
}

/** A message of an object header; `at` is the position of its data in the file. */
export interface Message {
  type: number
  shared: boolean
  data: Buffer
  at: number
}

/** Types of header messages (section IV.A.2). */
export const MESSAGE = {
  extent: 1,
  datatype: 3,
  layout: 8,
  filters: 11,
  continuation: 16,
  symbolTable: 17,
} as const

export const UNDEFINED_ADDRESS = 0xffff_ffff_ffff_ffffn
export const NODE_PREFIX_BYTES = 24
/** More levels than any B-tree has; guards against trees that run in circles. */
export const MAX_LEVEL = 32

const SUPERBLOCK_BYTES = 96
/** Where the superblock says where the file ends (section II.A). */
export const END_OF_FILE_AT = 40
const HEADER_PREFIX_BYTES = 16
const MESSAGE_PREFIX_BYTES = 8
const HEAP_HEADER_BYTES = 32
const SYMBOL_NODE_PREFIX_BYTES = 8
const SYMBOL_BYTES = 40
const SHARED_FLAG = 2

/** An 8-byte address or length as a number. */
export function address(bytes: Buffer, at: number): number {
  if (at < 0 || at + 8 > bytes.length) throw new RawFormatError('an address lies outside of its block')
  const value = bytes.readBigUInt64LE(at)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RawFormatError('an address is undefined')
  return Number(value)
}

export function expectSignature(bytes: Buffer, signature: string): void {
  if (bytes.toString('latin1', 0, 4) !== signature)
    throw new RawFormatError(`a block lacks its mark ${signature}`)
}

function rootHeader(superblock: Buffer): number {
  const plain = superblock.readUInt32BE(0) === 0x8948_4446 && superblock[8] === 0
  if (!plain || superblock[13] !== 8 || superblock[14] !== 8 || superblock.readBigUInt64LE(24) !== 0n) {
    throw new RawFormatError('the superblock is not version 0 with 8-byte addresses')
  }
  return address(superblock, 64)
}
