import { PATCH_SIZE } from '../../src-shared/dataset/bands'

/** A pixel of a patch: column and row from its north-west corner, 0 to 31. */
export interface Pixel {
  column: number
  row: number
}

const LAST = PATCH_SIZE - 1

const STEPS: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The pixel that holds a point given in columns and rows; the nearest one where the point lies outside. */
export function pixelAt(column: number, row: number): Pixel {
  return { column: within(Math.floor(column)), row: within(Math.floor(row)) }
}

/** The pixel that a key leads to; null where the key is none that moves. */
export function pixelAfter(key: string, { column, row }: Pixel): Pixel | null {
  if (!Object.hasOwn(STEPS, key)) return null
  const [columns, rows] = STEPS[key]
  return { column: within(column + columns), row: within(row + rows) }
}

/**
 * Easting and northing of a pixel's centre, metres; null where the transform has holes.
 * @param transform affine, row-major 3 x 3, from column and row to metres
 */
export function pixelCentre(
  { column, row }: Pixel,
  transform: readonly (number | null)[],
): { x: number; y: number } | null {
  const [a, b, left, d, e, top] = transform.map((value) => value ?? NaN)
  const [u, v] = [column + 0.5, row + 0.5]
  const [x, y] = [a * u + b * v + left, d * u + e * v + top]
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null
}

/** Where a pixel lies in a layer. */
export function pixelIndex({ column, row }: Pixel): number {
  return row * PATCH_SIZE + column
}

function within(value: number): number {
  return Math.min(Math.max(value, 0), LAST)
}
