import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rasteriseBiomass } from './biomass-raster'

/** Whether a disc touches a pixel, by trying points of the pixel densely: slow, but plain to see. */
function touches(x: number, y: number, left: number, top: number): boolean {
  const nearX = Math.min(Math.max(x, left), left + 10)
  const nearY = Math.min(Math.max(y, top - 10), top)
  return Math.hypot(x - nearX, y - nearY) <= 12.5
}

describe('the biomass raster', () => {
  it('holds the value in every pixel the disc touches, and nowhere else', () => {
    const offset = fc.double({ min: 155, max: 165, noNaN: true })
    fc.assert(
      fc.property(offset, offset, (dx, dy) => {
        const [left, top] = [600_000, 5_300_000]
        const out = new Float32Array(1024)
        rasteriseBiomass(123.5, left + dx, top - dy, left, top, out)
        for (let i = 0; i < 1024; i++) {
          const pixel = touches(left + dx, top - dy, left + (i % 32) * 10, top - Math.floor(i / 32) * 10)
          expect(out[i]).toBe(pixel ? 123.5 : -9999)
        }
      }),
    )
  })

  it('covers 12 pixels for a footprint on a corner of four', () => {
    const out = new Float32Array(1024)
    rasteriseBiomass(1, 160, -160, 0, 0, out)
    expect(out.filter((value) => value === 1)).toHaveLength(12)
  })
})
