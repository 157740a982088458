/** Hash of two lattice coordinates and a seed to 0..1. */
function lattice(seed: number, x: number, y: number): number {
  let h = (Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(seed, 0xc2b2ae3d)) | 0
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32
}

/**
 * Adds smooth noise to a row of pixels: random values on a lattice, bilinearly between. The same whichever rows are
 * asked for, and in which order.
 * @param y row
 * @param cell pixels between lattice points
 * @param amplitude height of the noise, 0 to this
 */
export function addSmoothNoise(
  row: Float32Array,
  y: number,
  seed: number,
  cell: number,
  amplitude: number,
): void {
  const top = Math.floor(y / cell)
  const below = y / cell - top
  const at = (column: number): number =>
    amplitude * (lattice(seed, column, top) * (1 - below) + lattice(seed, column, top + 1) * below)
  for (let start = 0, column = 0, left = at(0); start < row.length; start += cell, column++) {
    const right = at(column + 1)
    const step = (right - left) / cell
    const end = Math.min(row.length, start + cell)
    for (let x = start, value = left; x < end; x++, value += step) row[x] += value
    left = right
  }
}

const GRAINS = makeGrains(1 << 16)

/** Normally distributed numbers by Box and Muller's method. */
function makeGrains(count: number): Float32Array {
  const grains = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - lattice(1, i, 0)))
    grains[i] = radius * Math.cos(2 * Math.PI * lattice(2, i, 0))
  }
  return grains
}

/** Adds noise of each pixel for itself to a row, normally distributed: what a sensor and fine texture leave. */
export function addGrain(row: Float32Array, y: number, seed: number, sigma: number): void {
  let state = Math.floor(lattice(seed, y, -1) * 0xffff_fffe) + 1
  for (let x = 0; x < row.length; x++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    row[x] += sigma * GRAINS[state & 0xffff]
  }
}
