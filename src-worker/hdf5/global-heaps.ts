import { address, expectSignature, RawFormatError, type FileBytes } from './raw-file'

/** Bytes of a text of variable length in its dataset: length, address of a collection, number in it (section III.E). */
export const REFERENCE_BYTES = 16
const HEADER_BYTES = 16
const OBJECT_BYTES = 16

/** Texts of variable length, which lie in collections beside the chunks that refer to them. */
export class GlobalHeaps {
  private readonly collections = new Map<number, Map<number, Buffer>>()

  constructor(private readonly file: FileBytes) {}

  /**
   * The text that a reference stands for, up to its first zero byte.
   * @throws RawFormatError when it is not there
   */
  text(reference: Buffer): string {
    const length = reference.readUInt32LE(0)
    const at = address(reference, 4)
    if (length === 0 || at === 0) return ''
    const bytes = this.collection(at).get(reference.readUInt32LE(12))
    if (bytes === undefined || bytes.length < length) throw new RawFormatError('a text is missing')
    const end = bytes.subarray(0, length).indexOf(0)
    return bytes.toString('utf8', 0, end < 0 ? length : end)
  }

  private collection(at: number): Map<number, Buffer> {
    const known = this.collections.get(at)
    if (known !== undefined) return known
    const header = this.file.read(at, HEADER_BYTES)
    expectSignature(header, 'GCOL')
    const bytes = this.file.read(at, address(header, 8))
    const objects = new Map<number, Buffer>()
    for (let p = HEADER_BYTES; p + OBJECT_BYTES <= bytes.length;) {
      const number = bytes.readUInt16LE(p)
      // The free rest of the collection.
      if (number === 0) break
      const size = address(bytes, p + 8)
      objects.set(number, bytes.subarray(p + OBJECT_BYTES, p + OBJECT_BYTES + size))
      p += OBJECT_BYTES + Math.ceil(size / 8) * 8
    }
    this.collections.set(at, objects)
    return objects
  }
}
