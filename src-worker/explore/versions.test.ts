import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hiddenUnder } from './versions'

it('of all versions of a shot one counts: the newest whose granule has what is needed, else the newest', () => {
  const granules = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(granules, fc.integer({ min: 0, max: 7 }), (lacks, needs) => {
      const usable = [...lacks.keys()].filter((version) => (lacks[version] & needs) === 0)
      const expected = usable.at(-1) ?? lacks.length - 1
      const kinds = (versions: readonly number[]): number =>
        versions.reduce((bits, kind) => bits | (1 << kind), 0)
      const counting = [...lacks.keys()].filter((version) => {
        const hidden = hiddenUnder(
          lacks[version],
          kinds(lacks.slice(version + 1)),
          kinds(lacks.slice(0, version)),
        )
        return ((hidden >> needs) & 1) === 0
      })
      expect(counting).toEqual([expected])
    }),
  )
})
