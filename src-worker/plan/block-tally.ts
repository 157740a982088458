import { mergeRanges } from '../raster/byte-source'
import type { RasterLayout } from '../raster/layout'
import { blockIndices, type PixelRect } from '../raster/window-read'

/** What is to be read of some files. */
export interface ReadingCost {
  files: number
  blocks: number
  /** Compressed bytes of the blocks. */
  bytes: number
  /**
   * Requests that a server would be asked: one for the first page of each file, which holds its header, and one for each
   * run of blocks that do not come with it.
   */
  requests: number
}

/** Nothing to read. */
export function noCost(): ReadingCost {
  return { files: 0, blocks: 0, bytes: 0, requests: 0 }
}

/** Adds what is to be read of other files. */
export function addCost(sum: ReadingCost, cost: ReadingCost): void {
  sum.files += cost.files
  sum.blocks += cost.blocks
  sum.bytes += cost.bytes
  sum.requests += cost.requests
}

/** How servers are asked for parts of files, in bytes. */
export interface Asking {
  /** Length of the first request of a file. */
  firstPage: number
  /** Between blocks that are read along rather than asked for apart. */
  maxGap: number
  /** Most that is asked for at once. */
  maxLength: number
}

/** Notes which blocks of a file windows touch, each once. */
export class BlockTally {
  private readonly blocks = new Set<number>()

  /** @param layout that of the file, or of one like it */
  constructor(private readonly layout: RasterLayout) {}

  note(rect: PixelRect): void {
    for (const block of blockIndices(this.layout, rect)) this.blocks.add(block)
  }

  /** What reading them takes. */
  cost({ firstPage, maxGap, maxLength }: Asking): ReadingCost {
    const ranges = [...this.blocks].flatMap((block) => this.layout.rangesOf(block))
    const further = ranges.filter(({ offset, length }) => offset + length > firstPage)
    const runs = mergeRanges(further, maxGap, maxLength)
    const bytes = ranges.reduce((sum, { length }) => sum + length, 0)
    return { files: 1, blocks: this.blocks.size, bytes, requests: 1 + runs.length }
  }
}
