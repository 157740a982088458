import { StudioError } from '../../src-shared/errors/studio-error'
import type { BlockBuffers } from './block-buffers'
import { decodeTile } from './jp2/decode-tile'
import type { RasterLayout } from './layout'
import { BYTES_PER_SAMPLE, viewAs, type Pixels } from './pixels'
import { decodeTiffBlock, rowsOf } from './tiff-block'

export type { Pixels } from './pixels'

/**
 * The pixels of a block, row by row, `blockWidth` pixels a row.
 * @param parts the bytes of its ranges in the file, see RasterLayout.rangesOf
 * @param buffers where memory for the pixels may come from
 * @throws StudioError `raster-corrupt` naming file and block where the bytes are damaged.
 */
export async function decodeBlock(
  layout: RasterLayout,
  block: number,
  parts: readonly Uint8Array[],
  file: string,
  buffers: BlockBuffers,
): Promise<Pixels> {
  const { coding } = layout
  try {
    if (coding.kind === 'jpeg2000') return await decodeTile(layout, coding, block, parts)
    return await decodeTiffBlock(layout, coding, block, parts[0], buffers)
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    throw corruptBlock(file, block, cause)
  }
}

/**
 * A block that the file leaves out: no data where the file has a value for it, else 0. Null in formats that leave
 * none out.
 */
export function emptyBlock(layout: RasterLayout, block: number): Pixels | null {
  const { coding, blockWidth, sampleType, nodata } = layout
  if (coding.kind !== 'tiff') return null
  const count = blockWidth * rowsOf(layout, coding, block)
  const pixels = viewAs(sampleType, new Uint8Array(count * BYTES_PER_SAMPLE[sampleType]))
  if (nodata !== null) pixels.fill(nodata)
  return pixels
}

/** The error for a block that cannot be decoded. */
export function corruptBlock(file: string, block: number, cause: unknown): StudioError {
  return new StudioError('raster-corrupt', `Block ${block} is damaged and cannot be decoded.`, {
    file,
    hint: 'Download the file again; footprints in this block are left out until then.',
    context: { block },
    cause,
  })
}
