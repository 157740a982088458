/** Bytes `offset` to `offset + length` (exclusive) of a file. */
export interface ByteRange {
  offset: number
  length: number
}

/**
 * Where a raster's bytes come from: a local file, a file on a server, an entry of an archive. Reads are positional and may overlap in
 * time.
 */
export interface ByteSource {
  /** Path or URL, for messages. */
  readonly name: string
  /**
   * The bytes of each range, in the order asked for. A range that reaches beyond the end of the file comes back
   * short; whoever asked decides whether that is an error.
   * @param room gives memory of a length to read into; a source that has memory of its own need not ask for it
   * @throws StudioError `raster-unreadable` where the file cannot be read, `cancelled` when aborted.
   */
  read(
    ranges: readonly ByteRange[],
    signal: AbortSignal,
    room?: (bytes: number) => Uint8Array,
  ): Promise<Uint8Array[]>
  close(): Promise<void>
}

/** What a raster is of: for messages, and for the token it wants. */
export interface AssetOrigin {
  /** Id of the STAC collection, null where there is none. */
  collection: string | null
  /** Id of the scene, or name of the tile. */
  item: string
}

/** How a path or URL becomes a byte source. */
export type OpenSource = (href: string, origin: AssetOrigin, signal: AbortSignal) => Promise<ByteSource>

/** Some ranges that are fetched as one, and which of the asked-for ranges lie in it. */
export interface MergedRange extends ByteRange {
  members: number[]
}

/**
 * Merges ranges that touch or lie at most `maxGap` bytes apart into fewer, larger ones of at most `maxLength`
 * bytes (one range alone may be longer). COG writers lay neighbouring blocks out one behind the other.
 */
export function mergeRanges(ranges: readonly ByteRange[], maxGap: number, maxLength: number): MergedRange[] {
  const order = ranges.map((_, index) => index).sort((a, b) => ranges[a].offset - ranges[b].offset)
  const merged: MergedRange[] = []
  for (const index of order) {
    const { offset, length } = ranges[index]
    const last = merged.at(-1)
    const end = offset + length
    if (
      last !== undefined &&
      offset <= last.offset + last.length + maxGap &&
      end - last.offset <= maxLength
    ) {
      last.length = Math.max(last.length, end - last.offset)
      last.members.push(index)
    } else {
      merged.push({ offset, length, members: [index] })
    }
  }
  return merged
}
