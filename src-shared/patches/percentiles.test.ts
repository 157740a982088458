import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patchRange } from './percentiles'

describe('the range of a patch', () => {
  it('is the 2nd and 98th percentile as numpy gives them', () => {
    // numpy.percentile(range(101), [2, 98]); numpy.percentile([1, 2, 4], [2, 98])
    expect(patchRange(Float32Array.from({ length: 101 }, (_, k) => 100 - k))).toEqual({ low: 2, high: 98 })
    const { low, high } = patchRange(Float32Array.of(4, 1, 2)) ?? { low: NaN, high: NaN }
    expect([low, high]).toEqual([expect.closeTo(1.04, 10), expect.closeTo(3.92, 10)])
  })

  it('leaves NaN out, and is null of nothing', () => {
    expect(patchRange(Float32Array.of(NaN, 7, NaN))).toEqual({ low: 7, high: 7 })
    expect(patchRange(Float32Array.of(NaN))).toBeNull()
  })

  it('leaves at most a fiftieth of the values beyond either end', () => {
    const values = fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(values, (numbers) => {
        const range = patchRange(Float32Array.from(numbers))
        if (range === null) throw new Error('a range was expected')
        const { low, high } = range
        expect(low).toBeLessThanOrEqual(high)
        expect(numbers.filter((value) => value < low).length).toBeLessThanOrEqual(1 + numbers.length / 50)
        expect(numbers.filter((value) => value > high).length).toBeLessThanOrEqual(1 + numbers.length / 50)
      }),
    )
  })
})
