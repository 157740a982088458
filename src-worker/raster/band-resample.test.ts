import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bilinearRect, nearestRect, resampleBilinear, resampleNearest } from './band-resample'

/** A coarse raster by value; 0 outside. */
type Raster = (col: number, row: number) => number

/** Plain floating-point bilinear of SPEC 3, pixel by pixel, as the statement to hold the fast one against. */
function expectedPixel(raster: Raster, col: number, row: number, factor: number): number {
  const u = (col + 0.5) / factor - 0.5
  const v = (row + 0.5) / factor - 0.5
  if (raster(Math.floor(u + 0.5), Math.floor(v + 0.5)) === 0) return 0
  let [sum, weights] = [0, 0]
  for (const [i, wx] of [
    [Math.floor(u), 1 - (u - Math.floor(u))],
    [Math.floor(u) + 1, u - Math.floor(u)],
  ]) {
    for (const [j, wy] of [
      [Math.floor(v), 1 - (v - Math.floor(v))],
      [Math.floor(v) + 1, v - Math.floor(v)],
    ]) {
      const value = raster(i, j)
      if (value === 0) continue
      sum += value * wx * wy
      weights += wx * wy
    }
  }
  return sum / weights
}

const window = { factor: fc.constantFrom(2, 6), col0: fc.nat(400), row0: fc.nat(400) }

function resampled(raster: Raster, col0: number, row0: number, factor: number): Uint16Array {
  const rect = bilinearRect(col0, row0, factor)
  const source = new Uint16Array(rect.width * rect.height)
  for (let i = 0; i < source.length; i++) {
    source[i] = raster(rect.col + (i % rect.width), rect.row + Math.floor(i / rect.width))
  }
  const out = new Uint16Array(1024)
  resampleBilinear(source, rect, col0, row0, factor, out)
  return out
}

describe('bilinear resampling of 20 and 60 m bands', () => {
  it('equals the floating-point formula rounded half up, with and without no data', () => {
    fc.assert(
      fc.property(
        fc.record({ ...window, seed: fc.nat(), gaps: fc.boolean() }),
        ({ factor, col0, row0, seed, gaps }) => {
          const raster: Raster = (col, row) => {
            if (col < 0 || row < 0) return 0
            const value = (Math.imul(col * 73856093 + row * 19349663 + seed, 2654435761) >>> 16) & 0xffff
            return gaps && value % 7 === 0 ? 0 : Math.max(1, value)
          }
          const out = resampled(raster, col0, row0, factor)
          for (let i = 0; i < 1024; i++) {
            const exact = expectedPixel(raster, col0 + (i % 32), row0 + Math.floor(i / 32), factor)
            // Half up; a hair of floating-point error in the plain formula may tip an exact tie.
            const tie = Math.abs(exact - Math.floor(exact) - 0.5) < 1e-6
            if (tie) expect(Math.abs(out[i] - exact)).toBeLessThan(0.51)
            else expect(out[i]).toBe(Math.floor(exact + 0.5))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('rounds exact halves up', () => {
    // At 20 m, pixel 1 lies 1/4 from source pixel 0 and 3/4 from source pixel 1 or the other way round: 10 and 12 give 10.5.
    const out = resampled((col) => (col === 0 ? 10 : 12), 0, 0, 2)
    expect([...out.subarray(1, 3)]).toEqual([11, 12])
  })

  it('keeps a constant raster constant, up to the largest value', () => {
    fc.assert(
      fc.property(
        fc.record({ ...window, value: fc.integer({ min: 1, max: 65535 }) }),
        ({ factor, col0, row0, value }) => {
          expect(new Set(resampled(() => value, col0, row0, factor))).toEqual(new Set([value]))
        },
      ),
    )
  })
})

describe('nearest resampling', () => {
  it('takes the source pixel that contains the centre', () => {
    fc.assert(
      fc.property(fc.record(window), ({ factor, col0, row0 }) => {
        const rect = nearestRect(col0, row0, factor)
        const source = Uint16Array.from({ length: rect.width * rect.height }, (_, i) => i + 1)
        const out = new Uint16Array(1024)
        resampleNearest(source, rect, col0, row0, factor, out)
        for (let i = 0; i < 1024; i++) {
          const col = Math.floor((col0 + (i % 32) + 0.5) / factor) - rect.col
          const row = Math.floor((row0 + Math.floor(i / 32) + 0.5) / factor) - rect.row
          expect(out[i]).toBe(row * rect.width + col + 1)
        }
      }),
      { numRuns: 50 },
    )
  })
})
