import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rejectedState, STATES } from '../../src-shared/explore/states'
import { BaseCells } from './base-cells'
import { SHOWN, type MapRows } from './map-rows'
import { mercatorX, mercatorY } from './mercator'
import { makeTile } from './tile'
import { mapRows, readTile, type MapPoint, type ReadFeature } from './tile-fixture'
import type { TileAddress } from './tile-rows'

const KEPT = 0
const DROPPED = 4
const HIDDEN = 0x8000
const footprintShown = new Uint8Array(1 << 16)
footprintShown[KEPT] = SHOWN.kept
footprintShown[DROPPED] = SHOWN.dropped
const footprintLooks = {
  shown: footprintShown,
  state: (mask: number): number => (mask === KEPT ? STATES.kept : STATES.dropped),
}

const CLOUDY = rejectedState('scl-cloud')
const subsetShown = new Uint8Array(256)
subsetShown[STATES.waiting] = SHOWN.kept
subsetShown[STATES.done] = SHOWN.done
subsetShown[STATES.failed] = SHOWN.failed
subsetShown[CLOUDY] = SHOWN.rejected
const subsetLooks = { shown: subsetShown, state: (state: number): number => state }

/** Numbers from 0 to 1, the same for a seed. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Points in clusters of very different density, some over the antimeridian and beyond the edges of the map. */
function scattered(seed: number, count: number, statuses: readonly number[]): MapPoint[] {
  const random = numbers(seed)
  const clusters = Array.from({ length: 4 }, (_, index) => ({
    lon: index === 0 ? 180 : -180 + 360 * random(),
    lat: index === 1 ? 84 : -60 + 120 * random(),
    spread: 10 ** (-3 + 5 * random()),
  }))
  return Array.from({ length: count }, () => {
    const { lon, lat, spread } = clusters[Math.floor(random() * clusters.length)]
    const east = lon + spread * (random() - 0.5)
    return {
      lon: east > 180 ? east - 360 : east < -180 ? east + 360 : east,
      lat: Math.max(-90, Math.min(90, lat + spread * (random() - 0.5))),
      agbd: Math.fround(500 * random()),
      split: Math.floor(3 * random()),
      day: 1 + Math.floor(366 * random()),
      status: statuses[Math.floor(statuses.length * random())],
    }
  })
}

/** A tile around a point. */
function around({ lon, lat }: MapPoint, z: number): TileAddress {
  return { z, x: Math.floor(mercatorX(lon) * 2 ** z), y: Math.floor(mercatorY(lat) * 2 ** z) }
}

interface Placed {
  point: MapPoint
  look: number
  x: number
  y: number
}

/** What the density should say of a cell; with means that are not rounded. */
function expectedCell(members: readonly Placed[]): Expected {
  const counted = members.filter(({ look }) => look >= SHOWN.kept)
  const number = (matches: (p: Placed) => boolean): number => counted.filter(matches).length
  const mean = (value: (point: MapPoint) => number): number =>
    counted.reduce((sum, { point }) => sum + value(point), 0) / counted.length
  return {
    id: undefined,
    x: Math.floor(members[0].x / 64) * 64,
    y: Math.floor(members[0].y / 64) * 64,
    properties: {
      count: counted.length,
      train: number(({ point }) => point.split === 1),
      test: number(({ point }) => point.split === 2),
      done: number(({ look }) => look === SHOWN.done),
      rejected: number(({ look }) => look === SHOWN.rejected),
      failed: number(({ look }) => look === SHOWN.failed),
      dropped: members.length - counted.length,
      ...(counted.length === 0 ? {} : { agbd: mean(({ agbd }) => agbd), doy: mean(({ day }) => day) }),
    },
  }
}

interface Expected {
  id: number | undefined
  x: number
  y: number
  properties: Record<string, number>
}

/** What a tile should hold, found by looking at every point. */
function expectedTile(
  rows: MapRows,
  pointOf: readonly MapPoint[],
  { z, x, y }: TileAddress,
  dropped: boolean,
): { name: string; features: Expected[] } | null {
  const least = dropped ? SHOWN.dropped : SHOWN.kept
  const placed = pointOf.map((point, id) => ({
    point,
    id,
    look: rows.shown[point.status],
    x: (mercatorX(point.lon) * 2 ** z - x) * 4096,
    y: (mercatorY(point.lat) * 2 ** z - y) * 4096,
  }))
  const visible = placed.filter(({ look }) => look >= least)
  const within = (unit: number, margin: number): boolean => unit >= -margin && unit < 4096 + margin
  const inside = visible.filter((p) => within(p.x, 0) && within(p.y, 0))
  if (inside.length > 4000) {
    const cells = new Map<string, typeof inside>()
    for (const p of inside) {
      const key = `${Math.floor(p.x / 64)} ${Math.floor(p.y / 64)}`
      const cell = cells.get(key)
      if (cell === undefined) cells.set(key, [p])
      else cell.push(p)
    }
    return { name: 'density', features: [...cells.values()].map(expectedCell) }
  }
  const turns = [-1, 0, 1].flatMap((turn) => visible.map((p) => ({ ...p, x: p.x + turn * 4096 * 2 ** z })))
  const near = turns.filter((p) => within(p.x, 64) && within(p.y, 64))
  if (near.length === 0) return null
  const features = near.map(({ point, id, ...at }) => ({
    ...{ id, x: Math.floor(at.x), y: Math.floor(at.y) },
    properties: {
      agbd: Math.round(point.agbd * 10) / 10,
      split: point.split,
      doy: point.day,
      state: rows.state(point.status),
    },
  }))
  return { name: 'points', features }
}

/** Compares features in any order; means are rounded to 0.1 Mg/ha and to days. */
function expectSame(found: readonly ReadFeature[], expected: readonly Expected[]): void {
  const sorted = <Feature extends Pick<Expected, 'id' | 'x' | 'y'>>(
    features: readonly Feature[],
  ): Feature[] => {
    const key = ({ x, y, id }: Feature): string => [x, y, id].map((part) => String(part).padStart(8)).join()
    return features.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  }
  const exact = ({ id, x, y, properties }: ReadFeature): unknown => {
    const counts = Object.entries(properties).filter(([name]) => name !== 'agbd' && name !== 'doy')
    return { id, x, y, counts: Object.fromEntries(counts) }
  }
  const [a, b] = [sorted(found), sorted(expected)]
  expect(a.map(exact)).toEqual(b.map(exact))
  const off = (name: string, by: number): boolean =>
    a.some(
      ({ properties }, i) =>
        (name in properties || name in b[i].properties) &&
        !(Math.abs(Number(properties[name]) - b[i].properties[name]) <= by),
    )
  expect([off('agbd', 0.050001), off('doy', 0.500001)]).toEqual([false, false])
}

describe('tiles', () => {
  const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 })

  it.each([
    ['footprints', [KEPT, KEPT, DROPPED, HIDDEN], footprintLooks],
    ['subset', [STATES.waiting, STATES.done, STATES.failed, CLOUDY], subsetLooks],
  ] as const)('of %s show what a look at every footprint finds', async (_, statuses, looks) => {
    const seen = { density: 0, points: 0, nothing: 0 }
    // Each number of points has its turns: drawn at random, all might be too few for a tile of densities.
    for (const count of [50, 9000, 18_000]) {
      const property = fc.asyncProperty(seed, fc.boolean(), async (start, dropped) => {
        const { rows, pointOf } = await mapRows(scattered(start, count, statuses), looks)
        const base = new BaseCells(rows.keys)
        const random = numbers(start + 1)
        for (let z = 0; z <= 20; z++) {
          const tile = around(pointOf[Math.floor(random() * count)], z)
          for (const address of [tile, { ...tile, x: (tile.x + 1) % 2 ** z }]) {
            const found = readTile(makeTile(rows, base, address, dropped))
            const expected = expectedTile(rows, pointOf, address, dropped)
            seen[found === null ? 'nothing' : found.name === 'density' ? 'density' : 'points']++
            expect(found?.name).toBe(expected?.name)
            expectSame(found?.features ?? [], expected?.features ?? [])
          }
        }
      })
      await fc.assert(property, { numRuns: 2 })
    }
    expect(Math.min(seen.density, seen.points, seen.nothing)).toBeGreaterThan(5)
  })

  it('follow the rows when they change', async () => {
    const { rows } = await mapRows(scattered(7, 20_000, [KEPT]), footprintLooks)
    const base = new BaseCells(rows.keys)
    const kept = (): number => {
      const features = readTile(makeTile(rows, base, { z: 0, x: 0, y: 0 }, false))?.features ?? []
      return features.reduce((sum, { properties }) => sum + Number(properties.count), 0)
    }
    expect(kept()).toBe(20_000)
    rows.status.fill(DROPPED, 0, 5000)
    rows.revision++
    expect(kept()).toBe(15_000)
  })

  it('are empty outside of the map and without footprints', async () => {
    const { rows } = await mapRows([], footprintLooks)
    const base = new BaseCells(rows.keys)
    expect(makeTile(rows, base, { z: 0, x: 0, y: 0 }, true)).toHaveLength(0)
    expect(makeTile(rows, base, { z: 2, x: 4, y: 0 }, true)).toHaveLength(0)
    expect(makeTile(rows, base, { z: 2, x: 0, y: 4 }, true)).toHaveLength(0)
  })

  it('leave out a biomass that is not there', async () => {
    const point = { lon: 9, lat: 48, split: 0, day: 5, status: DROPPED }
    const { rows } = await mapRows(
      [NaN, -9999, 12.34].map((agbd) => ({ ...point, agbd })),
      footprintLooks,
    )
    const tile = readTile(makeTile(rows, new BaseCells(rows.keys), around({ ...point, agbd: 0 }, 9), true))
    expect(tile?.features.map(({ properties }) => properties.agbd)).toEqual([undefined, undefined, 12.3])
  })
})
