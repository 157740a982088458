import { describe, expect, it } from 'vitest'
import { outlinesIn } from './coastline'
import { fitFrame, place, squareFrame, type MapFrame } from './frame'

type Ring = [x: number, y: number][]

function rings(path: string): Ring[] {
  return path
    .split('M')
    .slice(1)
    .map((part) =>
      part
        .replace('Z', '')
        .split('L')
        .map((pair) => pair.split(',').map(Number) as [number, number]),
    )
}

/** Even-odd rule over all rings, counted along a line to the right. */
function onLand(outline: Ring[], [x, y]: [number, number]): boolean {
  let inside = false
  for (const ring of outline) {
    ring.forEach(([x1, y1], index) => {
      const [x2, y2] = ring[(index + 1) % ring.length]
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside
    })
  }
  return inside
}

async function land(frame: MapFrame): Promise<(lon: number, lat: number) => boolean> {
  const outline = rings((await outlinesIn(frame)).land)
  return (lon, lat) => onLand(outline, place(frame, lon, lat))
}

describe('coastlines', () => {
  it('tell land from sea all over the globe', async () => {
    const isLand = await land(fitFrame({ west: -180, east: 180, south: -85, north: 85 }))
    const places: [name: string, lon: number, lat: number, expected: boolean][] = [
      ['Sahara', 10, 25, true],
      ['Manaus', -60, -3, true],
      ['Chukotka, east of the antimeridian', -175, 67, true],
      ['Siberia', 100, 65, true],
      ['Antarctica', 60, -75, true],
      ['Atlantic', -35, 30, false],
      ['Pacific at the antimeridian', 180, 10, false],
      ['Indian Ocean', 80, -20, false],
      ['Caspian Sea', 51, 42, false],
      ['Arctic Ocean', 0, 84, false],
    ]
    expect(places.map(([name, lon, lat]) => [name, isLand(lon, lat)])).toEqual(
      places.map(([name, , , expected]) => [name, expected]),
    )
  })

  it('go on over the antimeridian, at both scales', async () => {
    for (const frame of [
      fitFrame({ west: 176, east: 183, south: -19, north: -15 }),
      fitFrame({ west: 170, east: 190, south: -25, north: -10 }),
    ]) {
      const isLand = await land(frame)
      expect(isLand(178, -17.8), 'Viti Levu').toBe(true)
      expect(isLand(179.4, -16.6), 'Vanua Levu').toBe(true)
      expect(isLand(177, -16), 'sea in the west').toBe(false)
      expect(isLand(-178, -17), 'sea in the east').toBe(false)
    }
  })

  it('lie where the map says: Iceland ends at its known capes', async () => {
    const frame = fitFrame({ west: -26, east: -12, south: 62.5, north: 67.5 })
    const points = rings((await outlinesIn(frame)).land).flat()
    const [west, north] = place(frame, -24.53, 66.54)
    const [east, south] = place(frame, -13.5, 63.39)
    const tenth = 0.1 * frame.perLat
    const extremes = (axis: 0 | 1): [number, number] => {
      const values = points.map((point) => point[axis])
      return [Math.min(...values), Math.max(...values)]
    }
    expect(Math.abs(extremes(0)[0] - west)).toBeLessThan(tenth)
    expect(Math.abs(extremes(0)[1] - east)).toBeLessThan(tenth)
    expect(Math.abs(extremes(1)[0] - north)).toBeLessThan(tenth)
    expect(Math.abs(extremes(1)[1] - south)).toBeLessThan(tenth)
  })

  it('are cut at the frame, so a small map stays small', async () => {
    const frame = fitFrame({ west: 9, east: 9.03, south: 48, north: 48.027 })
    const { land: path, scale } = await outlinesIn(frame)
    expect(scale).toBe('10m')
    expect(onLand(rings(path), place(frame, 9.01, 48.01))).toBe(true)
    for (const [x, y] of rings(path).flat()) {
      expect(Math.abs(x - frame.width / 2)).toBeLessThanOrEqual(frame.width / 2 + 4)
      expect(Math.abs(y - frame.height / 2)).toBeLessThanOrEqual(frame.height / 2 + 4)
    }
    expect(path.length).toBeLessThan(500)
  })

  it('have borders between countries and none along coasts', async () => {
    const islands = await outlinesIn(squareFrame(-28, 38.5, 4, 144))
    expect(rings(islands.borders).flat()).toEqual([])
    expect(rings(islands.land).length).toBeGreaterThan(3)
    const alps = await outlinesIn(squareFrame(8, 47, 6, 144))
    expect(rings(alps.borders).length).toBeGreaterThan(3)
  })
})
