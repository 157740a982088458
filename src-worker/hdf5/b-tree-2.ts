import { address, expectSignature, MAX_LEVEL, RawFormatError, type FileBytes } from './raw-file'

/** The records of a B-tree of version 2: of what kind, and their bytes in order. */
export interface TreeRecords {
  kind: number
  records: Buffer[]
}

/** Kinds of records (section III.A.2). */
export const RECORD = { linkName: 5, filteredChunk: 11 } as const

const HEADER_BYTES = 34
/** Signature, version and kind before the records of a node, checksum behind them. */
const NODE_PREFIX = 6
const CHECKSUM_BYTES = 4
const ADDRESS_BYTES = 8

/**
 * All records of a version 2 B-tree, in their order. Layout after section III.A.2 of the format specification; how wide the
 * numbers of records in an inner node are follows from how many a node can hold.
 * @param at where its header lies
 * @throws RawFormatError when the tree is damaged
 */
export function treeRecords(file: FileBytes, at: number): TreeRecords {
  const header = file.read(at, HEADER_BYTES)
  expectSignature(header, 'BTHD')
  const kind = header[5]
  const nodeBytes = header.readUInt32LE(6)
  const recordBytes = header.readUInt16LE(10)
  const depth = header.readUInt16LE(12)
  if (recordBytes === 0 || depth > MAX_LEVEL) throw new RawFormatError('an index is damaged')
  const widths = pointerWidths(nodeBytes, recordBytes, depth)
  const total = header.readBigUInt64LE(26)
  const records: Buffer[] = []
  if (total > 0n) visit(address(header, 16), header.readUInt16LE(24), depth)
  return { kind, records }

  function visit(node: number, count: number, level: number): void {
    const { ofCount, ofTotal } = widths[level]
    const pointerBytes = level === 0 ? 0 : ADDRESS_BYTES + ofCount + ofTotal
    const used = count * recordBytes + (level === 0 ? 0 : (count + 1) * pointerBytes)
    if (NODE_PREFIX + used + CHECKSUM_BYTES > nodeBytes) throw new RawFormatError('an index is damaged')
    const bytes = file.read(node, NODE_PREFIX + used)
    expectSignature(bytes, level === 0 ? 'BTLF' : 'BTIN')
    for (let i = 0; i <= count; i++) {
      if (level > 0) {
        const pointer = NODE_PREFIX + count * recordBytes + i * pointerBytes
        const below = bytes.readUIntLE(pointer + ADDRESS_BYTES, ofCount)
        visit(address(bytes, pointer), below, level - 1)
      }
      const record = NODE_PREFIX + i * recordBytes
      if (i < count) records.push(bytes.subarray(record, record + recordBytes))
      // A tree that runs in circles has more than it says.
      if (records.length > total) throw new RawFormatError('an index is damaged')
    }
  }
}

/** Bytes of the numbers beside a child's address at each level: of its records, and of all below it. */
function pointerWidths(
  nodeBytes: number,
  recordBytes: number,
  depth: number,
): { ofCount: number; ofTotal: number }[] {
  const room = nodeBytes - NODE_PREFIX - CHECKSUM_BYTES
  let most = Math.floor(room / recordBytes)
  const ofCount = bytesFor(most)
  const widths = [{ ofCount, ofTotal: 0 }]
  let totalBelow = 0
  for (let level = 1; level <= depth; level++) {
    const pointerBytes = ADDRESS_BYTES + ofCount + totalBelow
    widths.push({ ofCount, ofTotal: totalBelow })
    const inNode = Math.floor((room - pointerBytes) / (recordBytes + pointerBytes))
    most = (inNode + 1) * most + inNode
    totalBelow = bytesFor(most)
  }
  return widths
}

/** Bytes that a number up to this one takes. */
export function bytesFor(most: number): number {
  return Math.floor(Math.log2(Math.max(1, most)) / 8) + 1
}
