import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bounds } from '../../src-shared/catalog/scene'
import { DAY_MS, startOfUtcDay } from '../../src-shared/footprint/time'
import { FootprintExtents } from './footprint-extents'
import { blocksForSearch, groupForSearch, MARGIN, type SearchGroup } from './search-groups'

interface Place {
  lon: number
  lat: number
  time: number
}

function groupsOf(places: readonly Place[], maxDays: number): SearchGroup[] {
  const extents = new FootprintExtents()
  for (const { lon, lat, time } of places) extents.add(lon, lat, time)
  return groupForSearch(extents.sorted(), maxDays)
}

const inBox = (lon: number, lat: number, [west, south, east, north]: Bounds): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north

const turn = (lon: number): number => ((((lon + 180) % 360) + 360) % 360) - 180

/** Whether a group covers a footprint, the margin around it, and all its days. */
function covers({ boxes, time }: SearchGroup, { lon, lat, time: at }: Place, maxDays: number): boolean {
  const day = startOfUtcDay(at)
  if (time[0] > day - maxDays * DAY_MS || time[1] < day + (maxDays + 1) * DAY_MS) return false
  // Just inside, as the corners themselves may be lost to rounding.
  const margin = MARGIN * 0.999
  return [-1, 1].every((x) =>
    [-1, 1].every((y) => {
      const corner = [turn(lon + x * margin), Math.min(90, Math.max(-90, lat + y * margin))] as const
      return boxes.some((box) => inBox(corner[0], corner[1], box) || inBox(corner[0] + 360, corner[1], box))
    }),
  )
}

const time = fc.integer({ min: Date.UTC(2019, 3, 1), max: Date.UTC(2023, 2, 1) })
const anywhere = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  time,
})
const nearDateLine = fc.record({
  lon: fc.oneof(
    fc.double({ min: 178, max: 180, noNaN: true }),
    fc.double({ min: -180, max: -178, noNaN: true }),
  ),
  lat: fc.double({ min: -3, max: 3, noNaN: true }),
  time: fc.integer({ min: Date.UTC(2020, 5, 1), max: Date.UTC(2020, 8, 1) }),
})
const close = fc.record({
  lon: fc.double({ min: -2, max: 2, noNaN: true }),
  lat: fc.double({ min: 46, max: 49, noNaN: true }),
  time: fc.integer({ min: Date.UTC(2020, 5, 1), max: Date.UTC(2020, 11, 1) }),
})

describe('groups of footprints for searches', () => {
  it('cover place, margin and days of every footprint', () => {
    const places = fc.oneof(
      fc.array(anywhere, { maxLength: 40 }),
      fc.array(nearDateLine, { maxLength: 60 }),
      fc.array(close, { maxLength: 200 }),
    )
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 45 }), (footprints, maxDays) => {
        const groups = groupsOf(footprints, maxDays)
        expect(groups.reduce((sum, { footprints: count }) => sum + count, 0)).toBe(footprints.length)
        for (const footprint of footprints) {
          expect(groups.some((group) => covers(group, footprint, maxDays))).toBe(true)
        }
        for (const {
          boxes,
          time: [from, until],
        } of groups) {
          expect((until - from) / DAY_MS).toBeLessThanOrEqual(Math.max(62, 2 * maxDays + 1))
          for (const [west, south, east, north] of boxes) {
            expect(west).toBeGreaterThanOrEqual(-180)
            expect(east).toBeLessThanOrEqual(180)
            expect(west).toBeLessThan(east)
            expect(south).toBeLessThan(north)
            expect(east - west).toBeLessThan(4)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('do not depend on the order of the footprints', () => {
    fc.assert(
      fc.property(fc.array(close, { maxLength: 60 }), (footprints) => {
        expect(groupsOf([...footprints].reverse(), 10)).toEqual(groupsOf(footprints, 10))
      }),
    )
  })

  it('serve hundreds of footprints of a pass with one search, and those of weeks that touch', () => {
    const pass = (day: number): Place[] =>
      Array.from({ length: 300 }, (_, i) => ({
        lon: 9.1 + i / 500,
        lat: 48.1 + i / 400,
        time: Date.UTC(2020, 5, day, 4),
      }))
    expect(groupsOf(pass(7), 10)).toEqual([
      {
        boxes: [[9.092, 48.095, 9.706, 48.853]],
        time: [Date.UTC(2020, 4, 28), Date.UTC(2020, 5, 18)],
        footprints: 300,
      },
    ])
    expect(groupsOf([...pass(1), ...pass(22)], 10)).toHaveLength(1)
    expect(groupsOf([...pass(1), ...pass(23)], 10)).toHaveLength(2)
  })

  it('are of two boxes at the antimeridian', () => {
    const at = (lon: number): Bounds[] => groupsOf([{ lon, lat: 0, time: 0 }], 0)[0].boxes
    expect(at(179.998)).toEqual([
      [179.992, -0.005, 180, 0.005],
      [-180, -0.005, -179.996, 0.005],
    ])
    expect(at(-180)).toEqual([
      [-180, -0.005, -179.994, 0.005],
      [179.994, -0.005, 180, 0.005],
    ])
    expect(at(180)).toEqual(at(-180))
  })

  it('of place alone are blocks of ten degrees', () => {
    const extents = new FootprintExtents()
    for (const [lon, lat] of [
      [9.1, 48.2],
      [2.5, 41],
      [11, 48],
    ]) {
      extents.add(lon, lat, 0)
      extents.add(lon, lat, 1e12)
    }
    expect(blocksForSearch(extents.sorted(), 0.02)).toHaveLength(2)
  })
})
