import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isInside, placesIn, rangeBetween, toggled, type IndexRange } from './index-ranges'

it('toggling places one after the other is what a set of places becomes', () => {
  fc.assert(
    fc.property(fc.nat(30), fc.nat(30), fc.array(fc.nat(30), { maxLength: 40 }), (a, b, toggles) => {
      let ranges: IndexRange[] = [rangeBetween(a, b)]
      const set = new Set(Array.from({ length: 31 }, (_, i) => i).filter((i) => isInside(ranges, i)))
      for (const index of toggles) {
        ranges = toggled(ranges, index)
        if (!set.delete(index)) set.add(index)
      }
      expect(placesIn(ranges)).toBe(set.size)
      for (let i = 0; i <= 31; i++) expect(isInside(ranges, i)).toBe(set.has(i))
      // Ascending, with a gap between any two.
      for (let k = 1; k < ranges.length; k++) expect(ranges[k].first).toBeGreaterThan(ranges[k - 1].last + 1)
    }),
  )
})
