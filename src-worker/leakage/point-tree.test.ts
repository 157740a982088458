import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arcOfChord, chordOfArc, earthCentred } from './earth-centred'
import { PointTree } from './point-tree'

type Place = [lon: number, lat: number]

const anywhere = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
)
/** Many at the same few places, on both sides of the antimeridian. */
const clumped = fc.tuple(fc.constantFrom(-180, 179.9999, 180, 9), fc.constantFrom(0, 47.5, 47.5001))
const somewhere: fc.Arbitrary<Place> = fc.oneof(anywhere, clumped)
const places = fc.array(somewhere, { maxLength: 120 })

const treeOf = (list: readonly Place[]): PointTree =>
  new PointTree(
    Float64Array.from(list, ([lon]) => lon),
    Float64Array.from(list, ([, lat]) => lat),
  )

function chord(a: Place, b: Place): number {
  const [p, q] = [earthCentred(...a), earthCentred(...b)]
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
}

it('the nearest point is the one that looking at all of them finds', () => {
  fc.assert(
    fc.property(places, somewhere, (list, place) => {
      const expected = Math.min(Infinity, ...list.map((other) => chord(place, other)))
      const found = treeOf(list).nearest(...place)
      if (expected === Infinity) expect(found).toBe(Infinity)
      else expect(found).toBeCloseTo(expected, 5)
    }),
    { numRuns: 400 },
  )
})

it('within a limit only nearer points count', () => {
  fc.assert(
    fc.property(places, clumped, fc.double({ min: 1, max: 1e7, noNaN: true }), (list, place, limit) => {
      const nearest = Math.min(Infinity, ...list.map((other) => chord(place, other)))
      fc.pre(Math.abs(nearest - limit) > 1e-3)
      const found = treeOf(list).nearest(...place, limit)
      if (nearest < limit) expect(found).toBeCloseTo(nearest, 5)
      else expect(found).toBe(Infinity)
    }),
    { numRuns: 400 },
  )
})

it('asks for every point within a distance, by its position, and stops at the first that matches', () => {
  fc.assert(
    fc.property(places, clumped, fc.double({ min: 1, max: 1e7, noNaN: true }), (list, place, distance) => {
      fc.pre(list.every((other) => Math.abs(chord(place, other) - distance) > 1e-3))
      const asked: number[] = []
      const tree = treeOf(list)
      expect(tree.someWithin(...place, distance, (position) => asked.push(position) < 0)).toBe(false)
      const expected = list.flatMap((other, i) => (chord(place, other) <= distance ? [i] : []))
      expect(asked.sort((a, b) => a - b)).toEqual(expected)
      if (expected.length > 0) expect(tree.someWithin(...place, distance, () => true)).toBe(true)
    }),
    { numRuns: 400 },
  )
})

it('arcs and chords are each other’s inverse, and across a hemisphere as long as they are on a sphere', () => {
  for (const arc of [0, 12.5, 320, 1e5, 5e6]) expect(arcOfChord(chordOfArc(arc))).toBeCloseTo(arc, 5)
  expect(arcOfChord(2 * 6_371_008.8)).toBeCloseTo(Math.PI * 6_371_008.8, 3)
})
