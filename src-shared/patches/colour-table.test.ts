import { interpolateViridis } from 'd3-scale-chromatic'
import { describe, expect, it } from 'vitest'
import { rampTable } from './colour-table'
import { ALTITUDE_RAMP, NDVI_RAMP, SLOPE_RAMP, VIRIDIS } from './ramps'

describe('viridis', () => {
  it('is that of d3 to within five levels of 255, from end to end', () => {
    const { colours, stepAt } = rampTable(VIRIDIS)
    for (let k = 0; k <= 1000; k++) {
      const expected = [1, 3, 5].map((at) =>
        Number.parseInt(interpolateViridis(k / 1000).slice(at, at + 2), 16),
      )
      const step = 3 * stepAt(k / 1000)
      for (const c of [0, 1, 2]) expect(Math.abs(colours[step + c] - expected[c])).toBeLessThanOrEqual(5)
    }
  })
})

describe.each(Object.entries({ VIRIDIS, NDVI_RAMP, ALTITUDE_RAMP, SLOPE_RAMP }))('the ramp %s', (_, ramp) => {
  it('begins and ends with its first and last colour, also beyond its ends', () => {
    const { colours, stepAt } = rampTable(ramp)
    const colourAt = (share: number): string =>
      `#${Buffer.from(colours.subarray(3 * stepAt(share), 3 * stepAt(share) + 3)).toString('hex')}`
    for (const share of [0, -3]) expect(colourAt(share)).toBe(ramp[0])
    for (const share of [1, 8]) expect(colourAt(share)).toBe(ramp.at(-1))
  })
})
