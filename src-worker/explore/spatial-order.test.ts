import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstAtLeast, orderByKey, Reordering } from './spatial-order'

const keys = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 2 ** 32 - 1 })), {
  maxLength: 300,
})

describe('the order by key', () => {
  it('is that of a stable sort', () => {
    fc.assert(
      fc.property(keys, (values) => {
        const expected = [...values.keys()].sort((a, b) => values[a] - values[b] || a - b)
        expect([...orderByKey(Uint32Array.from(values))]).toEqual(expected)
      }),
    )
  })

  it('is taken over by columns of any type, bit by bit', () => {
    fc.assert(
      fc.property(keys, (values) => {
        const order = orderByKey(Uint32Array.from(values))
        const reordering = new Reordering(order)
        const columns = [
          Uint8Array.from(values),
          Uint16Array.from(values),
          Uint32Array.from(values),
          Float32Array.from(values, (value) => value / 7),
          Float64Array.from(values, (value) => value / 7),
          BigUint64Array.from(values, (value) => 2n ** 64n - 1n - BigInt(value)),
        ]
        for (const column of columns) {
          const expected = [...order].map((row) => column[row])
          reordering.apply(column)
          expect([...column]).toEqual(expected)
        }
      }),
    )
  })

  it('leaves alone what lies behind its rows', () => {
    const column = Float64Array.of(3, 2, 1, 7, 8)
    new Reordering(orderByKey(Uint32Array.of(3, 2, 1))).apply(column)
    expect([...column]).toEqual([1, 2, 3, 7, 8])
  })

  it('is searched for the first key that is large enough', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 0, max: 2 ** 32 }), (values, key) => {
        const sorted = Uint32Array.from(values).sort()
        const found = sorted.findIndex((value) => value >= key)
        expect(firstAtLeast(sorted, key)).toBe(found < 0 ? sorted.length : found)
      }),
    )
  })
})
