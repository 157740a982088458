import { address, expectSignature, RawFormatError, UNDEFINED_ADDRESS, type FileBytes } from './raw-file'

/** Told of the elements of an array of chunks: the number of the first, and their bytes one after the other. */
type Elements = (first: number, bytes: Buffer) => void

/** Signature, version, client and address of the header before the content of a block. */
const BLOCK_PREFIX = 6 + 8
const CHECKSUM_BYTES = 4
const FILTERED = 1

/**
 * Reads a fixed array, the index of filtered chunks of a dataset that cannot grow (section VII.C).
 * @param at where its header lies
 * @returns bytes of an element
 * @throws RawFormatError when it is damaged, or its chunks are not filtered
 */
export function readFixedArray(file: FileBytes, at: number, found: Elements): number {
  const header = file.read(at, 24)
  expectSignature(header, 'FAHD')
  const elementBytes = elementBytesOf(header)
  const total = address(header, 8)
  const block = header.readBigUInt64LE(16)
  if (block === UNDEFINED_ADDRESS) return elementBytes
  const base = Number(block)
  const perPage = 2 ** header[7]
  if (total <= perPage) {
    expectSignature(file.read(base, 4), 'FADB')
    found(0, file.read(base + BLOCK_PREFIX, total * elementBytes))
    return elementBytes
  }
  const pages = Math.ceil(total / perPage)
  const mapBytes = Math.ceil(pages / 8)
  const prefix = file.read(base, BLOCK_PREFIX + mapBytes)
  expectSignature(prefix, 'FADB')
  readPages(file, base + BLOCK_PREFIX + mapBytes + CHECKSUM_BYTES, found, {
    first: 0,
    total,
    perPage,
    elementBytes,
    isThere: (page) => isSet(prefix.subarray(BLOCK_PREFIX), page),
  })
  return elementBytes
}

/**
 * Reads an extensible array, the index of filtered chunks of a dataset that can grow along one axis (section VII.D). Elements
 * lie in the index block, then in data blocks that it names, then in data blocks that super blocks name.
 * @param at where its header lies
 * @param wanted elements that are of interest, from the first on
 * @returns bytes of an element
 * @throws RawFormatError when it is damaged, or its chunks are not filtered
 */
export function readExtensibleArray(file: FileBytes, at: number, wanted: number, found: Elements): number {
  const header = file.read(at, 72)
  expectSignature(header, 'EAHD')
  const elementBytes = elementBytesOf(header)
  const [maxBits, inIndex, blockLeast, pointersLeast, pageBits] = header.subarray(7, 12)
  if (![blockLeast, pointersLeast].every(isPowerOfTwo) || maxBits > 64)
    throw new RawFormatError('a chunk index is damaged')
  const offsetBytes = Math.ceil(maxBits / 8)
  const perPage = 2 ** pageBits
  const index = header.readBigUInt64LE(60)
  if (index === UNDEFINED_ADDRESS) return elementBytes
  const superBlocks = 1 + maxBits - Math.log2(blockLeast)
  const direct = 2 * Math.log2(pointersLeast)
  const named = 2 * (pointersLeast - 1)
  const pointers = named + superBlocks - direct
  const block = file.read(Number(index), BLOCK_PREFIX + inIndex * elementBytes + pointers * 8)
  expectSignature(block, 'EAIB')
  found(0, block.subarray(BLOCK_PREFIX, BLOCK_PREFIX + inIndex * elementBytes))
  const pointerAt = (i: number): bigint =>
    block.readBigUInt64LE(BLOCK_PREFIX + inIndex * elementBytes + 8 * i)

  let first = inIndex
  let pointer = 0
  for (let level = 0; level < superBlocks && first < wanted; level++) {
    const blocks = 2 ** Math.floor(level / 2)
    const elements = 2 ** Math.floor((level + 1) / 2) * blockLeast
    if (level < direct) for (let i = 0; i < blocks; i++) dataBlock(pointerAt(pointer++), i)
    else superBlock(pointerAt(named + level - direct))
    first += blocks * elements

    function superBlock(there: bigint): void {
      if (there === UNDEFINED_ADDRESS) return
      const pages = elements > perPage ? elements / perPage : 0
      const maps = blocks * Math.ceil(pages / 8)
      const start = BLOCK_PREFIX + offsetBytes
      const bytes = file.read(Number(there), start + maps + 8 * blocks)
      expectSignature(bytes, 'EASB')
      for (let i = 0; i < blocks; i++)
        dataBlock(bytes.readBigUInt64LE(start + maps + 8 * i), i, bytes.subarray(start, start + maps))
    }

    function dataBlock(there: bigint, i: number, map: Buffer | null = null): void {
      const begin = first + i * elements
      if (there === UNDEFINED_ADDRESS || begin >= wanted) return
      const base = Number(there)
      expectSignature(file.read(base, 4), 'EADB')
      const start = base + BLOCK_PREFIX + offsetBytes
      if (elements <= perPage) {
        found(begin, file.read(start, elements * elementBytes))
        return
      }
      const pages = elements / perPage
      const isThere = (page: number): boolean => map === null || isSet(map, i * pages + page)
      const shape = { first: begin, total: elements, perPage, elementBytes, isThere }
      readPages(file, start + CHECKSUM_BYTES, found, shape)
    }
  }
  return elementBytes
}

interface Pages {
  first: number
  total: number
  perPage: number
  elementBytes: number
  /** Whether anything was ever written to a page. */
  isThere: (page: number) => boolean
}

function readPages(
  file: FileBytes,
  start: number,
  found: Elements,
  { first, total, perPage, elementBytes, isThere }: Pages,
): void {
  for (let page = 0; page * perPage < total; page++) {
    if (!isThere(page)) continue
    const count = Math.min(perPage, total - page * perPage)
    const at = start + page * (perPage * elementBytes + CHECKSUM_BYTES)
    found(first + page * perPage, file.read(at, count * elementBytes))
  }
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0
}

/** Bit maps begin with the greatest bit of a byte. */
function isSet(map: Buffer, i: number): boolean {
  return (map[i >> 3] & (0x80 >> (i & 7))) !== 0
}

function elementBytesOf(header: Buffer): number {
  if (header[5] !== FILTERED) throw new RawFormatError('a chunk index is not of filtered chunks')
  return header[6]
}
