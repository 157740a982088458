import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint } from './fingerprint'

describe('fingerprints', () => {
  it('do not depend on the order of keys, but on everything else', () => {
    expect(fingerprint({ a: 1, b: [2, { c: null }] })).toBe(fingerprint({ b: [2, { c: null }], a: 1 }))
    const different = [
      { a: 1 },
      { a: 2 },
      { a: '1' },
      { b: 1 },
      [1],
      [[1]],
      [1, 2],
      [2, 1],
      null,
      '',
      0,
      {},
      [],
    ]
    expect(new Set(different.map(fingerprint)).size).toBe(different.length)
  })

  it('are the same after a way through JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        expect(fingerprint(JSON.parse(JSON.stringify(data)))).toBe(fingerprint(data))
      }),
    )
  })
})
