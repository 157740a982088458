import { RECORD, treeRecords } from './b-tree-2'
import { fractalHeap } from './fractal-heap'
import { ObjectTree, RawFormatError } from './object-tree'
import { address, expectSignature, MESSAGE, UNDEFINED_ADDRESS } from './raw-file'

/** A message of an object header, of which only its data matter here. */
interface HeaderMessage {
  type: number
  data: Buffer
}

const SUPERBLOCK_BYTES = 48
const SUPERBLOCK_VERSIONS = [2, 3]
/** Messages of groups (section IV.A.2): where many links lie, and a link itself. */
const LINK_INFO = 2
const LINK = 6
const HARD_LINK = 0
/** More blocks than an object header has; guards against headers that run in circles. */
const MOST_BLOCKS = 10_000

/**
 * The bytes of an HDF5 file in the newer format (superblock 2 or 3, version 2 object headers, links in groups or their heaps),
 * which h5py writes with `libver='latest'`: as much of it as is needed to find the object header of a dataset. After the
 * "HDF5 File Format Specification Version 3.0", sections II.A, III, IV.A. Checksums are not compared.
 */
export class LatestFile extends ObjectTree<HeaderMessage> {
  /** @throws RawFormatError when the file is in another format; a system error when it cannot be opened */
  constructor(path: string) {
    super(path, 'r', SUPERBLOCK_BYTES, rootHeader)
  }

  /** The layout message of a dataset. @throws RawFormatError when there is none */
  layout(path: string): Buffer {
    const found = this.messages(path).find(({ type }) => type === MESSAGE.layout)
    if (found === undefined) throw new RawFormatError(`${path} has no layout`)
    return found.data
  }

  protected childrenOf(header: number): Map<string, number> {
    const messages = this.messagesAt(header)
    const links = messages.filter(({ type }) => type === LINK).map(({ data }) => data)
    const info = messages.find(({ type }) => type === LINK_INFO)
    if (info !== undefined) links.push(...this.linksInHeap(info.data))
    return new Map(links.flatMap(hardLink))
  }

  /** The links of a group that has too many for its header (section IV.A.2.c). */
  private linksInHeap(info: Buffer): Buffer[] {
    const at = (info[1] & 1) === 0 ? 2 : 10
    if (info.readBigUInt64LE(at) === UNDEFINED_ADDRESS) return []
    const read = fractalHeap(this, address(info, at))
    const { kind, records } = treeRecords(this, address(info, at + 8))
    if (kind !== RECORD.linkName) throw new RawFormatError('a group has an index of another kind')
    // Before the name in the heap stands the link's hash.
    return records.map((record) => read(record.subarray(4)))
  }

  /** Messages of a version 2 object header, those of its further blocks too (section IV.A.1.b). */
  protected messagesAt(header: number): HeaderMessage[] {
    const prefix = this.read(header, 6)
    expectSignature(prefix, 'OHDR')
    if (prefix[4] !== 2) throw new RawFormatError('the object header is not version 2')
    const flags = prefix[5]
    const sizeAt = 6 + ((flags & 0x20) === 0 ? 0 : 16) + ((flags & 0x10) === 0 ? 0 : 4)
    const sizeBytes = 1 << (flags & 3)
    const start = header + sizeAt + sizeBytes
    const first = this.read(header + sizeAt, sizeBytes).readUIntLE(0, Math.min(sizeBytes, 6))
    const messageHead = (flags & 4) === 0 ? 4 : 6
    const blocks = [{ at: start, length: first }]
    const messages: HeaderMessage[] = []
    for (let i = 0; i < blocks.length; i++) {
      if (i > MOST_BLOCKS) throw new RawFormatError('the object header is damaged')
      const bytes = this.read(blocks[i].at, blocks[i].length)
      for (let p = 0; p + messageHead <= bytes.length;) {
        const data = bytes.subarray(p + messageHead, p + messageHead + bytes.readUInt16LE(p + 1))
        messages.push({ type: bytes[p], data })
        if (bytes[p] === MESSAGE.continuation) blocks.push(this.continued(data))
        p += messageHead + data.length
      }
    }
    return messages
  }

  /** Where the messages of a further block lie, without its mark and its checksum. */
  private continued(data: Buffer): { at: number; length: number } {
    const at = address(data, 0)
    expectSignature(this.read(at, 4), 'OCHK')
    return { at: at + 4, length: Math.max(0, address(data, 8) - 8) }
  }
}

/** Name and address of a link that leads to an object of the file itself (section IV.A.2.g); none of other links. */
function hardLink(data: Buffer): [string, number][] {
  const flags = data[1]
  let at = 2
  const kind = (flags & 8) === 0 ? HARD_LINK : data[at++]
  if (kind !== HARD_LINK) return []
  if ((flags & 4) !== 0) at += 8
  if ((flags & 16) !== 0) at += 1
  const lengthBytes = 1 << (flags & 3)
  const length = data.readUIntLE(at, Math.min(lengthBytes, 6))
  at += lengthBytes
  return [[data.toString('utf8', at, at + length), address(data, at + length)]]
}

function rootHeader(superblock: Buffer): number {
  const isNewer = superblock.readUInt32BE(0) === 0x8948_4446 && SUPERBLOCK_VERSIONS.includes(superblock[8])
  if (!isNewer || superblock[9] !== 8 || superblock[10] !== 8 || superblock.readBigUInt64LE(12) !== 0n)
    throw new RawFormatError('the superblock is not version 2 or 3 with 8-byte addresses')
  return address(superblock, 36)
}
