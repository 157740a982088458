import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitFrame, place, squareFrame } from './frame'

const range = fc
  .record({
    west: fc.double({ min: -180, max: 179.9, noNaN: true }),
    lonSpan: fc.double({ min: 0, max: 359.9, noNaN: true }),
    south: fc.double({ min: -90, max: 90, noNaN: true }),
    north: fc.double({ min: -90, max: 90, noNaN: true }),
  })
  .map(({ west, lonSpan, south, north }) => ({
    ...{ west, east: west + lonSpan },
    ...{ south: Math.min(south, north), north: Math.max(south, north) },
  }))

describe('the frame of a map', () => {
  it('holds all data, stays on Earth and is true to scale in both directions at its middle', () => {
    fc.assert(
      fc.property(range, (data) => {
        const frame = fitFrame(data)
        for (const lon of [data.west, (data.west + data.east) / 2, data.east]) {
          for (const lat of [data.south, data.north]) {
            const [x, y] = place(frame, lon, lat)
            expect(x).toBeGreaterThanOrEqual(-1e-6)
            expect(x).toBeLessThanOrEqual(frame.width + 1e-6)
            expect(y).toBeGreaterThanOrEqual(-1e-6)
            expect(y).toBeLessThanOrEqual(frame.height + 1e-6)
          }
        }
        expect(frame.east - frame.west).toBeLessThanOrEqual(360 + 1e-9)
        expect(frame.west).toBeGreaterThanOrEqual(-180)
        expect(frame.west).toBeLessThan(180)
        expect(frame.south).toBeGreaterThanOrEqual(-90 - 1e-9)
        expect(frame.north).toBeLessThanOrEqual(90 + 1e-9)
        expect(frame.perLon / frame.perLat).toBeCloseTo(Math.cos((frame.midLat * Math.PI) / 180), 9)
        expect(frame.height).toBeGreaterThan(100)
        expect(frame.height).toBeLessThanOrEqual(440)
        expect((frame.north - frame.south) * frame.perLat).toBeCloseTo(frame.height, 6)
        expect((frame.east - frame.west) * frame.perLon).toBeCloseTo(frame.width, 6)
      }),
    )
  })

  it('leaves a margin around data that fill it, and surroundings around a single footprint', () => {
    const frame = fitFrame({ west: 8.95, east: 9.05, south: 47.97, north: 48.03 })
    expect(8.95 - frame.west).toBeGreaterThan(0.005)
    expect(frame.east - 9.05).toBeGreaterThan(0.005)
    expect(frame.east - frame.west).toBeLessThan(0.15)
    const single = fitFrame({ west: -61.5, east: -61.5, south: -3.2, north: -3.2 })
    // A degree of latitude is 111.2 km.
    expect((single.north - single.south) * 111.2).toBeCloseTo(2.2, 1)
  })

  it('puts both sides of the antimeridian side by side', () => {
    const frame = fitFrame({ west: 176, east: 183, south: -19, north: -15 })
    const [left] = place(frame, 179.9, -17)
    const [right] = place(frame, -179.9, -17)
    expect(right - left).toBeCloseTo(0.2 * frame.perLon, 6)
  })

  it('shows the whole globe from -180 to 180 for data all around it', () => {
    expect(fitFrame({ west: 20, east: 375, south: -51.6, north: 51.6 })).toMatchObject({
      west: -180,
      east: 180,
    })
    expect(fitFrame(null)).toMatchObject({ west: -180, east: 180, local: false })
  })

  it('gives small maps a square around a point, poles and antimeridian included', () => {
    for (const [lon, lat] of [
      [9, 48],
      [-179.9, -17],
      [0, 89],
      [20, -90],
    ] as const) {
      const frame = squareFrame(lon, lat, 32, 144)
      const [x, y] = place(frame, lon, lat)
      expect(x).toBeCloseTo(72, 6)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(y).toBeLessThanOrEqual(144)
      expect(frame.north).toBeLessThanOrEqual(90)
      expect(frame.south).toBeGreaterThanOrEqual(-90)
    }
  })
})
