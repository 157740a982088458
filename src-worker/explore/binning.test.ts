import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binValues, NO_BIN } from './binning'

const bin = (values: readonly number[], fromZero = false): ReturnType<typeof binValues> =>
  binValues(values.length, (row) => values[row], fromZero)

describe('bins', () => {
  const value = fc.oneof(
    fc.double({ min: -1000, max: 1000, noNaN: true }),
    fc.double({ min: -1e80, max: 1e80, noNaN: true }),
    fc.double({ min: 0.3, max: 0.3000000000001, noNaN: true }),
    fc.constantFrom(0, 0.1, 0.2, 0.3, NaN, Infinity),
  )

  it('hold every finite value between their edges, the last one its upper edge too', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), fc.boolean(), (values, fromZero) => {
        const { edges, bins, underflow, overflow } = bin(values, fromZero)
        const finite = values.filter(Number.isFinite)
        if (finite.length === 0) {
          expect(edges).toEqual([])
          return
        }
        expect(edges.length).toBeLessThanOrEqual(64)
        expect(edges.every((edge, i) => i === 0 || edge > edges[i - 1])).toBe(true)
        if (underflow) expect(edges[0]).toBe(Math.min(...finite))
        if (overflow) expect(edges[edges.length - 1]).toBe(Math.max(...finite))
        for (const [row, v] of values.entries()) {
          if (!Number.isFinite(v)) expect(bins[row]).toBe(NO_BIN)
          else {
            expect(v).toBeGreaterThanOrEqual(edges[bins[row]])
            if (bins[row] === edges.length - 2) expect(v).toBeLessThanOrEqual(edges[bins[row] + 1])
            else expect(v).toBeLessThan(edges[bins[row] + 1])
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('are round and equally wide where nearly all values lie, with the rest in one on each side', () => {
    const values = [-5000, ...Array.from({ length: 10_000 }, (_, i) => i / 100), 90_000]
    const { edges, underflow, overflow, bins } = bin(values)
    expect([edges[0], edges[1], edges[2], edges.at(-2), edges.at(-1)]).toEqual([-5000, 0, 2, 100, 90_000])
    expect([underflow, overflow, edges.length]).toEqual([true, true, 53])
    expect([bins[0], bins[1], bins[201], bins[10_001]]).toEqual([0, 1, 2, 51])
  })

  it('begin at zero where that is asked for', () => {
    expect(bin([80, 90, 100], true).edges[0]).toBe(0)
    expect(bin([80, 90, 100]).edges[0]).toBe(80)
  })

  it('are there for a single value, and for values that are all but zero', () => {
    expect(bin([0]).bins[0]).toBe(0)
    expect(bin([8e-323, -7.4e-323])).toMatchObject({ edges: [-1, 0, 1], bins: Uint8Array.of(1, 0) })
    expect(bin([0.95, 0.95]).edges[0]).toBeLessThanOrEqual(0.95)
  })
})
