/**
 * Bytes that one element, or everything around the elements, may have. Real items have 20 kB; what is larger is no
 * STAC, and is not taken into memory.
 */
const LARGEST_PART = 64 * 1024 * 1024

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const FEATURES = Buffer.from('features')

/** A part of a JSON text is larger than `LARGEST_PART`. */
export class PartTooLarge extends Error {}

/**
 * Cuts a JSON text that comes in chunks into the elements of its `features` (or of itself, where it is an array) and
 * the rest. Only brackets, strings and commas are looked at; the parts are checked when they are parsed.
 */
export class ElementSplitter {
  /** Texts of the elements that have ended. */
  readonly elements: string[] = []
  private readonly restParts: Buffer[] = []
  private elementParts: Buffer[] = []
  private bytesOfRest = 0
  private bytesOfElement = 0
  private count = 0
  private depth = 0
  /** Depth inside the array that is being cut; 0 before and after it. */
  private cutDepth = 0
  private done = false
  private inString = false
  private escaped = false
  /** Bytes of the last string that agree with `features`, or -1. */
  private matched = -1

  push(chunk: Buffer): void {
    let start = 0
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]
      if (this.inString) {
        this.inText(byte)
      } else if (byte === QUOTE) {
        this.inString = true
        this.matched = 0
      } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
        this.depth++
        if (byte === OPEN_ARRAY && this.startsElements()) {
          this.keep(chunk.subarray(start, i + 1))
          start = i + 1
          this.cutDepth = this.depth
        }
      } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
        if (this.depth === this.cutDepth && byte === CLOSE_ARRAY) {
          this.keep(chunk.subarray(start, i))
          start = i
          this.endElement(true)
          this.cutDepth = 0
          this.done = true
        }
        this.depth--
      } else if (byte === COMMA && this.cutDepth !== 0 && this.depth === this.cutDepth) {
        this.keep(chunk.subarray(start, i))
        start = i + 1
        this.endElement(false)
      }
    }
    this.keep(chunk.subarray(start))
  }

  /** The text without the elements. */
  rest(): string {
    return Buffer.concat(this.restParts)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
  }

  private inText(byte: number): void {
    if (this.escaped) {
      this.escaped = false
      this.matched = -1
    } else if (byte === BACKSLASH) {
      this.escaped = true
    } else if (byte === QUOTE) {
      this.inString = false
    } else if (this.matched >= 0) {
      this.matched = this.matched < FEATURES.length && byte === FEATURES[this.matched] ? this.matched + 1 : -1
    }
  }

  /** Whether the bracket just passed opens the array to cut: the text itself, or its member `features`. */
  private startsElements(): boolean {
    if (this.done || this.cutDepth !== 0) return false
    return this.depth === 1 || (this.depth === 2 && this.matched === FEATURES.length)
  }

  private keep(part: Buffer): void {
    if (part.length === 0) return
    if (this.cutDepth === 0) {
      this.restParts.push(part)
      this.bytesOfRest += part.length
    } else {
      this.elementParts.push(part)
      this.bytesOfElement += part.length
    }
    if (Math.max(this.bytesOfRest, this.bytesOfElement) > LARGEST_PART) throw new PartTooLarge()
  }

  private endElement(last: boolean): void {
    const text = Buffer.concat(this.elementParts).toString('utf8')
    this.elementParts = []
    this.bytesOfElement = 0
    // An empty array has no elements; an empty place elsewhere is left to the parser to complain about.
    if (last && this.count === 0 && text.trim() === '') return
    this.count++
    this.elements.push(text)
  }
}
