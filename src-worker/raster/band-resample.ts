import { PATCH_SIZE } from '../../src-shared/dataset/bands'
import type { PixelRect } from './window-read'

/*
 * Sentinel-2 bands of 10, 20 and 60 m share the upper left corner of their grids, so the centre of pixel `col`
 * of the 10 m grid lies at u = (col + 0.5) * 10 / res - 0.5 in pixels of the coarser band. With
 * f = res / 10 this is u = (2 col + 1 - f) / (2 f): a fraction over 2 f, so that all bilinear weights are whole
 * numbers over (2 f)^2 and the result is exact.
 */

/** The source pixels that bilinear resampling of a window starting at (col0, row0) on the 10 m grid touches. */
export function bilinearRect(col0: number, row0: number, factor: number): PixelRect {
  const first = (start: number): number => Math.floor((2 * start + 1 - factor) / (2 * factor))
  const last = (start: number): number =>
    Math.floor((2 * (start + PATCH_SIZE - 1) + 1 - factor) / (2 * factor)) + 1
  const col = first(col0)
  const row = first(row0)
  return { col, row, width: last(col0) - col + 1, height: last(row0) - row + 1 }
}

/** The source pixels that nearest-neighbour resampling of a window touches. */
export function nearestRect(col0: number, row0: number, factor: number): PixelRect {
  const col = Math.floor(col0 / factor)
  const row = Math.floor(row0 / factor)
  return {
    col,
    row,
    width: Math.floor((col0 + PATCH_SIZE - 1) / factor) - col + 1,
    height: Math.floor((row0 + PATCH_SIZE - 1) / factor) - row + 1,
  }
}

/**
 * Nearest-neighbour resampling of a window from `source` (the pixels of `rect`) into `out`, 32 x 32, at the
 * pixel centres: source pixel = floor((col + 0.5) / f).
 */
export function resampleNearest(
  source: ArrayLike<number>,
  rect: PixelRect,
  col0: number,
  row0: number,
  factor: number,
  out: Uint16Array,
): void {
  for (let y = 0, i = 0; y < PATCH_SIZE; y++) {
    const line = (Math.floor((row0 + y) / factor) - rect.row) * rect.width - rect.col
    for (let x = 0; x < PATCH_SIZE; x++) out[i++] = source[line + Math.floor((col0 + x) / factor)]
  }
}

/**
 * Bilinear resampling of a window from `source` (the pixels of `rect`, 0 where outside the raster) into `out`,
 * 32 x 32 uint16, rounded half up. Pixels of value 0 (no data) are left out of the weights and the rest is
 * renormalised; where the nearest source pixel is no data the result is 0, as GDAL's warper does.
 */
export function resampleBilinear(
  source: Uint16Array,
  rect: PixelRect,
  col0: number,
  row0: number,
  factor: number,
  out: Uint16Array,
): void {
  const columns = axisWeights(col0, rect.col, factor)
  const rows = axisWeights(row0, rect.row, factor)
  if (source.includes(0)) weighWithGaps(source, rect, columns, rows, 2 * factor, out)
  else weighAll(source, rect, columns, rows, 2 * factor, out)
}

/** Source rows that were weighed across, kept for the next call: a new buffer each time costs as much as the sums. */
const across = new Int32Array(PATCH_SIZE * (PATCH_SIZE + 1))

/** All output pixels, first across each source row, then down. */
function weighAll(
  source: Uint16Array,
  { width, height }: PixelRect,
  columns: AxisWeights,
  rows: AxisWeights,
  full: number,
  out: Uint16Array,
): void {
  for (let row = 0, i = 0; row < height; row++) {
    for (let x = 0; x < PATCH_SIZE; x++, i++) {
      const at = row * width + columns.index[x]
      const right = columns.weight[x]
      across[i] = source[at] * (full - right) + source[at + 1] * right
    }
  }
  const area = full * full
  for (let y = 0, i = 0; y < PATCH_SIZE; y++) {
    const upper = rows.index[y] * PATCH_SIZE
    const lower = upper + PATCH_SIZE
    const below = rows.weight[y]
    const above = full - below
    for (let x = 0; x < PATCH_SIZE; x++, i++) {
      out[i] = Math.floor((across[upper + x] * above + across[lower + x] * below + area / 2) / area)
    }
  }
}

/** All output pixels where some source pixels are no data. */
function weighWithGaps(
  source: Uint16Array,
  { width }: PixelRect,
  columns: AxisWeights,
  rows: AxisWeights,
  full: number,
  out: Uint16Array,
): void {
  for (let y = 0, i = 0; y < PATCH_SIZE; y++) {
    const below = rows.weight[y]
    for (let x = 0; x < PATCH_SIZE; x++, i++) {
      const at = rows.index[y] * width + columns.index[x]
      const right = columns.weight[x]
      out[i] = weigh(source, at, width, full - right, right, full - below, below)
    }
  }
}

/** One output pixel where some of its four source pixels may be no data. */
function weigh(
  source: Uint16Array,
  at: number,
  width: number,
  left: number,
  right: number,
  above: number,
  below: number,
): number {
  const nearest = at + (right > left ? 1 : 0) + (below > above ? width : 0)
  if (source[nearest] === 0) return 0
  let sum = 0
  let weights = 0
  const add = (index: number, weight: number): void => {
    if (source[index] === 0) return
    sum += source[index] * weight
    weights += weight
  }
  add(at, left * above)
  add(at + 1, right * above)
  add(at + width, left * below)
  add(at + width + 1, right * below)
  return Math.floor((2 * sum + weights) / (2 * weights))
}

interface AxisWeights {
  index: number[]
  weight: number[]
}

/** For each of 32 pixels along an axis: index of the first source pixel in the rectangle, and 2 f times the second's weight. */
function axisWeights(start: number, origin: number, factor: number): AxisWeights {
  const index: number[] = []
  const weight: number[] = []
  for (let k = 0; k < PATCH_SIZE; k++) {
    const numerator = 2 * (start + k) + 1 - factor
    const whole = Math.floor(numerator / (2 * factor))
    index.push(whole - origin)
    weight.push(numerator - whole * 2 * factor)
  }
  return { index, weight }
}
