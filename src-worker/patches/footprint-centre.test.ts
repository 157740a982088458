import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import { footprintRings } from '../../src-shared/patches/footprint-rings'
import { epsgOf, footprintCentre } from './footprint-centre'

/** Footprints with the windows that are cut around them, and their eastings and northings by pyproj 3.4 (PROJ 9.1). */
const PLACES = [
  {
    lon: 8.9708505,
    lat: 47.993404,
    epsg: 32632,
    x: 497825.301221088,
    y: 5315567.517931966,
    left: 497670,
    top: 5315730,
  },
  {
    lon: 15.5,
    lat: -33.25,
    epsg: 32733,
    x: 546575.9836665476,
    y: 6320886.046524189,
    left: 546420,
    top: 6321050,
  },
  {
    lon: -69.123456,
    lat: -3.654321,
    epsg: 32719,
    x: 486290.173059456,
    y: 9596081.294652965,
    left: 486130,
    top: 9596240,
  },
]

describe.each(PLACES)('the footprint at $lon, $lat', ({ lon, lat, epsg, x, y, left, top }) => {
  const transform = [10, 0, left, 0, -10, top, 0, 0, 1]

  it('lies in its window where PROJ says', () => {
    const centre = footprintCentre(lon, lat, epsg, transform)
    expect(centre?.x).toBeCloseTo(x, 5)
    expect(centre?.y).toBeCloseTo(y, 5)
    expect(centre?.column).toBeCloseTo((x - left) / 10, 6)
    expect(centre?.row).toBeCloseTo((top - y) / 10, 6)
  })

  it.skipIf(!optionalTool('rasterio'))('is drawn 25 m wide, with a ring 10 m farther out', () => {
    const rings = footprintRings({ centre: footprintCentre(lon, lat, epsg, transform), transform })
    if (rings === null) throw new Error('rings were expected')
    const { column, row, footprint, reach } = rings
    const distances = distancesOnGround(
      epsg,
      [lon, lat],
      [footprint, reach].flatMap((radius) =>
        [0, 1, 2, 3, 4, 5, 6, 7].map((eighth): [number, number] => {
          const angle = (eighth * Math.PI) / 4
          const [u, v] = [column + radius * Math.cos(angle), row + radius * Math.sin(angle)]
          return [left + 10 * u, top - 10 * v]
        }),
      ),
    )
    // The scale of UTM is within 4 parts in 10,000 of 1 on its central meridian, and 10 at the edge of a zone.
    for (const distance of distances.slice(0, 8)) expect(distance).toBeCloseTo(12.5, 1)
    for (const distance of distances.slice(8)) expect(distance).toBeCloseTo(22.5, 1)
    expect(distances).toHaveLength(16)
  })
})

/** Metres over the ellipsoid from a footprint to places of its UTM zone, by pyproj. */
function distancesOnGround(
  epsg: number,
  from: readonly [lon: number, lat: number],
  places: readonly [x: number, y: number][],
): number[] {
  const program = `
import json, pyproj, sys
epsg, (lon, lat), places = json.loads(sys.argv[1])
inverse = pyproj.Transformer.from_crs(f'EPSG:{epsg}', 'EPSG:4326', always_xy=True)
ground = pyproj.Geod(ellps='WGS84')
print(json.dumps([ground.inv(lon, lat, *inverse.transform(*place))[2] for place in places]))`
  const words = ['-c', program, JSON.stringify([epsg, from, places])]
  return JSON.parse(execFileSync(PYTHON, words, { encoding: 'utf8' })) as number[]
}

describe('what has no place', () => {
  it('is not drawn', () => {
    const transform = [10, 0, 399_960, 0, -10, 5_300_040, 0, 0, 1]
    const centre = { x: 400_120, y: 5_299_880, column: 16, row: 16 }
    expect(footprintRings({ centre: null, transform })).toBeNull()
    expect(footprintRings({ centre, transform: [null, ...transform.slice(1)] })).toBeNull()
    expect(footprintRings({ centre, transform: Array<number>(9).fill(0) })).toBeNull()
    expect(footprintRings({ centre, transform })).toEqual({
      column: 16,
      row: 16,
      footprint: 1.25,
      reach: 2.25,
    })
  })

  it('is a CRS that is no UTM zone, or a number that is missing', () => {
    const transform = [10, 0, 399_960, 0, -10, 5_300_040, 0, 0, 1]
    expect(footprintCentre(8, 47, 4326, transform)).toBeNull()
    expect(footprintCentre(8, NaN, 32632, transform)).toBeNull()
    expect(footprintCentre(8, 47, 32632, [...transform.slice(0, 2), NaN, ...transform.slice(3)])).toBeNull()
    expect([epsgOf('EPSG:32632'), epsgOf('epsg:32632'), epsgOf('WGS 84')]).toEqual([32632, null, null])
  })
})
