import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bounds } from '../../src-shared/catalog/scene'
import { DAY_MS, startOfUtcDay } from '../../src-shared/footprint/time'
import { utmProjection } from '../raster/projection'
import { FootprintExtents } from './footprint-extents'
import { blocksForSearch, groupForSearch, type SearchGroup } from './search-groups'

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

/** Where in a tile a footprint may lie, as parts of its width and height from the upper left corner. */
const PLACES_IN_TILE = [0, 0.5, 1].flatMap((across) => [0, 0.5, 1].map((down) => [across, down] as const))
const TILE = 109_800

/**
 * The outlines of tiles that hold a place: those of its zone and of the one beside it, the place at corners, edges and in
 * the middle.
 */
function tilesAround(lon: number, lat: number): [lon: number, lat: number][] {
  const zone = (Math.floor((lon + 180) / 6) % 60) + 1
  const others = [zone, lon % 6 < 3 ? zone - 1 : zone + 1].map((each) => ((each + 59) % 60) + 1)
  return others.flatMap((number) => {
    const projection = utmProjection((lat < 0 ? 32700 : 32600) + number)
    const [x, y] = projection.forward(lon, lat)
    // A tile of the other zone reaches over the border by no more than its width.
    if (number !== zone && Math.abs(x - 500_000) > 3 * 111_320 * Math.cos((lat * Math.PI) / 180) + TILE)
      return []
    return PLACES_IN_TILE.flatMap(([across, down]) =>
      PLACES_IN_TILE.map(([right, below]) =>
        projection.inverse(x + (right - across) * TILE, y - (below - down) * TILE),
      ),
    )
  })
}

/** Whether a group covers all tiles that may hold a footprint, and all its days. */
function covers({ boxes, time }: SearchGroup, { lon, lat, time: at }: Place, maxDays: number): boolean {
  const day = startOfUtcDay(at)
  if (time[0] > day - maxDays * DAY_MS || time[1] < day + (maxDays + 1) * DAY_MS) return false
  return tilesAround(lon, lat).every(([x, y]) => boxes.some((box) => inBox(turn(x), y, box)))
}

const time = fc.integer({ min: Date.UTC(2019, 3, 1), max: Date.UTC(2023, 2, 1) })
const anywhere = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -82, max: 82, noNaN: true }),
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
  it('cover the tiles and days of every footprint', () => {
    const places = fc.oneof(
      fc.array(anywhere, { maxLength: 40 }),
      fc.array(nearDateLine, { maxLength: 60 }),
      fc.array(close, { maxLength: 200 }),
    )
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 45 }), (footprints, maxDays) => {
        const groups = groupsOf(footprints, maxDays)
        expect(
          groups.flatMap(({ serves }) => serves).reduce((sum, { footprints: count }) => sum + count, 0),
        ).toBe(footprints.length)
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
            if (Math.abs(south) < 60) expect(east - west).toBeLessThan(12)
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
    const [group, ...others] = groupsOf(pass(7), 10)
    expect(others).toEqual([])
    expect(group.time).toEqual([Date.UTC(2020, 4, 28), Date.UTC(2020, 5, 18)])
    expect(group.serves.map(({ footprints }) => footprints)).toEqual([300])
    // A tile, 109.8 km, to every side of 9.1 to 9.698 east, 48.1 to 48.8475 north.
    const [west, south, east, north] = group.boxes[0]
    for (const reach of [48.1 - south, north - 48.8475]) {
      expect(reach).toBeGreaterThan(0.99)
      expect(reach).toBeLessThan(1.08)
    }
    for (const reach of [9.1 - west, east - 9.698]) {
      expect(reach).toBeGreaterThan(0.99 / Math.cos((48.1 * Math.PI) / 180))
      expect(reach).toBeLessThan(1.08 / Math.cos((50 * Math.PI) / 180))
    }
    expect(groupsOf([...pass(1), ...pass(22)], 10)).toHaveLength(1)
    expect(groupsOf([...pass(1), ...pass(23)], 10)).toHaveLength(2)
  })

  it('are of two boxes at the antimeridian', () => {
    const at = (lon: number): Bounds[] => groupsOf([{ lon, lat: 0, time: 0 }], 0)[0].boxes
    const [before, after] = at(179.5)
    expect([before[2], after[0]]).toEqual([180, -180])
    expect(before[0]).toBeCloseTo(178.5, 1)
    expect(after[2]).toBeCloseTo(-179.5, 1)
    const [here, beyond] = at(-180)
    expect([here[0], beyond[2]]).toEqual([-180, 180])
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
