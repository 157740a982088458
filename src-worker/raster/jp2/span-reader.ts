import type { ByteSource } from '../byte-source'

/** Where the end of a file is looked for at most, bytes. */
const FARTHEST = 2 ** 48

/** Small reads here and there in a file, served from what was read last where they lie in it. */
export class SpanReader {
  private start = 0

  /** @param bytes the beginning of the file, already read */
  constructor(
    private readonly source: ByteSource,
    private bytes: Uint8Array,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Bytes `offset` to `offset + length`; fewer where the file ends before.
   * @param ahead bytes to read at once where a read is necessary
   */
  async read(offset: number, length: number, ahead = length): Promise<Uint8Array> {
    const inside = offset - this.start
    if (inside < 0 || inside + length > this.bytes.length) {
      const range = { offset, length: Math.max(length, ahead) }
      ;[this.bytes] = await this.source.read([range], this.signal)
      this.start = offset
    }
    const from = offset - this.start
    return this.bytes.subarray(from, from + length)
  }

  /** Bytes as in `read`. @throws Error where the file ends before. */
  async readAll(offset: number, length: number, ahead = length): Promise<Uint8Array> {
    const bytes = await this.read(offset, length, ahead)
    if (bytes.length < length) throw new Error('it ends within its header')
    return bytes
  }

  /** Size of the file in bytes, found with some reads of one byte. */
  async size(): Promise<number> {
    const holds = async (offset: number): Promise<boolean> => (await this.read(offset, 1)).length === 1
    let [below, above] = [0, 1]
    while (above < FARTHEST && (await holds(above))) [below, above] = [above, above * 2]
    while (above - below > 1) {
      const middle = Math.floor((below + above) / 2)
      if (await holds(middle)) below = middle
      else above = middle
    }
    return above
  }
}
