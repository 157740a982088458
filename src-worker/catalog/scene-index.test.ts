import fc from 'fast-check'
import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import type { Scene } from '../../src-shared/catalog/scene'
import { DAY_MS } from '../../src-shared/footprint/time'
import { scene } from './item-fixtures'
import { SceneIndex, type Acquisition, type SceneLimits } from './scene-index'

const LIMITS: SceneLimits = { maxDays: 10, maxCloudCover: 25, candidates: 1 }
const NOON = Date.UTC(2020, 5, 7, 12)

/** Longitude and latitude of a place in a UTM zone. */
function lonLat(epsg: number, x: number, y: number): { lon: number; lat: number } {
  const south = epsg > 32700 ? '+south' : ''
  const [lon, lat] = proj4(`+proj=utm +zone=${epsg % 100} ${south} +datum=WGS84`, 'EPSG:4326').forward([x, y])
  return { lon, lat }
}

/** A footprint in the middle of the scene of `scene()`. */
const inside = (changes: Partial<Acquisition> = {}): Acquisition => ({
  ...lonLat(32632, 500_500, 5_299_500),
  acquisitionTime: NOON,
  ...changes,
})

const ids = (scenes: Scene[], footprint = inside(), limits: Partial<SceneLimits> = {}): string[] =>
  new SceneIndex(scenes)
    .candidates(footprint, { ...LIMITS, ...limits })
    .map((candidate) => candidate.scene.id)

describe('SceneIndex', () => {
  it('takes whole UTC days: from 00:00 ten days before to 24:00 ten days after', () => {
    const at = (text: string): string[] => ids([scene({ datetime: Date.parse(text) })])
    expect(at('2020-05-28T00:00:00.000Z')).toHaveLength(1)
    expect(at('2020-05-27T23:59:59.999Z')).toHaveLength(0)
    expect(at('2020-06-17T23:59:59.999Z')).toHaveLength(1)
    expect(at('2020-06-18T00:00:00.000Z')).toHaveLength(0)
    for (const time of ['2020-06-07T00:00:00Z', '2020-06-07T23:59:59Z']) {
      const footprint = inside({ acquisitionTime: Date.parse(time) })
      expect(ids([scene({ datetime: Date.parse('2020-05-28T00:00:00Z') })], footprint)).toHaveLength(1)
      expect(ids([scene({ datetime: Date.parse('2020-06-18T00:00:00Z') })], footprint)).toHaveLength(0)
    }
    const sameDay = { maxDays: 0 }
    expect(ids([scene({ datetime: Date.parse('2020-06-07T00:00:00Z') })], inside(), sameDay)).toHaveLength(1)
    expect(ids([scene({ datetime: Date.parse('2020-06-08T00:00:00Z') })], inside(), sameDay)).toHaveLength(0)
  })

  it('takes scenes strictly below the cloud limit', () => {
    expect(ids([scene({ cloudCover: 24.99 })])).toHaveLength(1)
    expect(ids([scene({ cloudCover: 25 })])).toHaveLength(0)
  })

  it('orders by cloud cover, then by distance in time, then by id', () => {
    const all = [
      scene({ id: 'e', cloudCover: 2, datetime: NOON + 4 * DAY_MS }),
      scene({ id: 'c', cloudCover: 2, datetime: NOON - DAY_MS }),
      scene({ id: 'a', cloudCover: 3, datetime: NOON }),
      scene({ id: 'b', cloudCover: 2, datetime: NOON + DAY_MS }),
      scene({ id: 'd', cloudCover: 1, datetime: NOON + 9 * DAY_MS }),
    ]
    expect(ids(all, inside(), { candidates: 20 })).toEqual(['d', 'b', 'c', 'e', 'a'])
    expect(ids(all, inside(), { candidates: 2 })).toEqual(['d', 'b'])
    expect(ids([...all].reverse(), inside())).toEqual(['d'])
  })

  it('takes only scenes that hold the whole window, and says where it lies', () => {
    const index = new SceneIndex([scene()])
    const windowAt = (x: number, y: number): unknown =>
      index.candidates({ ...lonLat(32632, x, y), acquisitionTime: NOON }, LIMITS).at(0)?.window
    expect(windowAt(500_500.5, 5_299_499.5)).toMatchObject({ col0: 34, row0: 34 })
    expect(windowAt(500_156, 5_299_844)).toMatchObject({ col0: 0, row0: 0 })
    expect(windowAt(500_154, 5_299_844)).toBeUndefined()
    expect(windowAt(500_844, 5_299_156)).toMatchObject({ col0: 68, row0: 68 })
    expect(windowAt(500_846, 5_299_156)).toBeUndefined()
  })

  it('finds scenes of both zones where they meet at the antimeridian', () => {
    const grid = { x0: 0, y0: 0, width: 2000, height: 2000 }
    const [west, east] = [proj4('EPSG:4326', 'EPSG:32660'), proj4('EPSG:4326', 'EPSG:32601')].map((zone) =>
      zone.forward([180, 40]),
    )
    const around = ([x, y]: number[]): Scene['grid'] => ({
      ...grid,
      x0: Math.round(x) - 10_000,
      y0: Math.round(y) + 10_000,
    })
    const scenes = [
      scene({ id: 'west', epsg: 32660, grid: around(west) }),
      scene({ id: 'east', epsg: 32601, grid: around(east) }),
    ]
    for (const lon of [179.95, 179.9999, 180, -180, -179.9999, -179.95]) {
      expect(ids(scenes, inside({ lon, lat: 40 }), { candidates: 2 }).sort(), String(lon)).toEqual([
        'east',
        'west',
      ])
    }
    expect(ids(scenes, inside({ lon: 0, lat: 40 }), { candidates: 2 })).toEqual([])
  })

  it('finds scenes that reach over a pole from every side', () => {
    const [x, y] = proj4('EPSG:4326', 'EPSG:32633').forward([15, 90])
    const polar = scene({
      epsg: 32633,
      grid: { x0: x - 300_000, y0: y + 300_000, width: 60_000, height: 60_000 },
    })
    const north = scene({
      epsg: 32633,
      grid: { x0: x - 50_000, y0: y - 300_000, width: 10_000, height: 10_000 },
    })
    for (let lon = -180; lon <= 180; lon += 7.5)
      expect(ids([polar], inside({ lon, lat: 89.7 }))).toHaveLength(1)
    for (const lon of [11, 15, 19]) expect(ids([north], inside({ lon, lat: 86.9 }))).toHaveLength(1)
    expect(ids([north], inside({ lon: 60, lat: 86.9 }))).toHaveLength(0)
  })

  it('finds nothing without scenes, or where no candidate is wanted', () => {
    expect(ids([])).toEqual([])
    expect(ids([scene()], inside(), { candidates: 0 })).toEqual([])
  })

  it('refuses scenes outside of UTM', () => {
    expect(() => new SceneIndex([scene({ epsg: 4326 })])).toThrow(
      expect.objectContaining({ tag: 'catalog-invalid' }),
    )
  })
})

/** The scene choice of SPEC 3, looking at every scene, with projections and days of its own. */
function bruteForce(
  scenes: Scene[],
  { lon, lat, acquisitionTime }: Acquisition,
  limits: SceneLimits,
): unknown[] {
  const midnight = (time: number): number => Date.parse(new Date(time).toISOString().slice(0, 10))
  const found = scenes.flatMap((candidate) => {
    const { epsg, grid, datetime, cloudCover } = candidate
    const south = epsg > 32700 ? '+south' : ''
    const [x, y] = proj4('EPSG:4326', `+proj=utm +zone=${epsg % 100} ${south} +datum=WGS84`).forward([
      lon,
      lat,
    ])
    const col0 = Math.floor((x - grid.x0) / 10 + 0.5) - 16
    const row0 = Math.floor((grid.y0 - y) / 10 + 0.5) - 16
    const holds = col0 >= 0 && row0 >= 0 && col0 + 32 <= grid.width && row0 + 32 <= grid.height
    const days = Math.abs(midnight(datetime) - midnight(acquisitionTime)) / 86_400_000
    const usable = holds && days <= limits.maxDays && cloudCover < limits.maxCloudCover
    return usable
      ? [{ id: candidate.id, cloudCover, away: Math.abs(datetime - acquisitionTime), col0, row0 }]
      : []
  })
  found.sort((a, b) => a.cloudCover - b.cloudCover || a.away - b.away || (a.id < b.id ? -1 : 1))
  return found.slice(0, limits.candidates).map(({ id, col0, row0 }) => ({ id, col0, row0 }))
}

describe('SceneIndex against a look at every scene', () => {
  /** Hours around the footprint, with midnights among them. */
  const hours = fc.oneof(
    fc.integer({ min: -300, max: 300 }),
    fc.integer({ min: -12, max: 12 }).map((d) => d * 24 + 12),
  )
  const spread = fc.integer({ min: -2500, max: 2500 })
  const sceneSpec = fc.record({
    zone: fc.nat({ max: 1 }),
    dx: spread,
    dy: spread,
    width: fc.integer({ min: 20, max: 400 }),
    height: fc.integer({ min: 20, max: 400 }),
    hour: hours,
    cloud: fc.constantFrom(0, 1, 1, 5, 24.99, 25, 60),
  })
  const places: [name: string, lon: number, lat: number, zones: [number, number]][] = [
    ['in the middle of a zone', 9, 48, [32632, 32632]],
    ['between two zones', 12, -3.0001, [32732, 32733]],
    ['at the equator, in zones of both hemispheres', 10.3, 0.001, [32632, 32732]],
    ['at the antimeridian', 180, 51, [32660, 32601]],
    ['far in the north', -6.0005, 83, [32629, 32630]],
  ]

  it.each(places)('%s', (_, lon, lat, zones) => {
    const footprint = fc.record({
      dLon: fc.integer({ min: -20, max: 20 }),
      dLat: fc.integer({ min: -20, max: 20 }),
    })
    const limits = fc.record({
      maxDays: fc.integer({ min: 0, max: 12 }),
      maxCloudCover: fc.constantFrom(1, 25, 100.1),
      candidates: fc.integer({ min: 1, max: 4 }),
    })
    fc.assert(
      fc.property(
        fc.array(sceneSpec, { maxLength: 15 }),
        fc.array(footprint, { minLength: 1, maxLength: 6 }),
        limits,
        (specs, footprints, limit) => {
          const scenes = specs.map((spec, i) => {
            const epsg = zones[spec.zone]
            const south = epsg > 32700 ? '+south' : ''
            const [x, y] = proj4('EPSG:4326', `+proj=utm +zone=${epsg % 100} ${south} +datum=WGS84`).forward([
              lon,
              lat,
            ])
            const { width, height } = spec
            const grid = {
              x0: Math.round(x) + spec.dx - width * 5,
              y0: Math.round(y) + spec.dy + height * 5,
              width,
              height,
            }
            // Ids that do not follow the order of the list.
            return scene({
              id: `${(i * 7) % 15}-${i}`,
              epsg,
              grid,
              datetime: NOON + spec.hour * 3_600_000,
              cloudCover: spec.cloud,
            })
          })
          const index = new SceneIndex(scenes)
          for (const { dLon, dLat } of footprints) {
            const east = lon + dLon / 1000
            const at = { lon: east > 180 ? east - 360 : east, lat: lat + dLat / 1000, acquisitionTime: NOON }
            const got = index
              .candidates(at, limit)
              .map(({ scene: { id }, window: { col0, row0 } }) => ({ id, col0, row0 }))
            expect(got).toEqual(bruteForce(scenes, at, limit))
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})
