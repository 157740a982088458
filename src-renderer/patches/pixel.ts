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

/** Where a pixel lies in a layer. */
export function pixelIndex({ column, row }: Pixel): number {
  return row * PATCH_SIZE + column
}

function within(value: number): number {
  return Math.min(Math.max(value, 0), LAST)
}
