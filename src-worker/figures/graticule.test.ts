import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitFrame } from './frame'
import { meridians, parallels } from './graticule'

const labels = (lines: { label: string }[]): string[] => lines.map(({ label }) => label)

describe('graticule', () => {
  it('labels whole degrees on the globe', () => {
    const frame = fitFrame({ west: -180, east: 180, south: -51.6, north: 51.6 })
    expect(labels(meridians(frame))).toEqual(
      '180°,150° W,120° W,90° W,60° W,30° W,0°,30° E,60° E,90° E,120° E,150° E,180°'.split(','),
    )
    expect(labels(parallels(frame))).toEqual('40° S,20° S,0°,20° N,40° N'.split(','))
  })

  it('turns from east to west at the antimeridian', () => {
    const frame = fitFrame({ west: 178.9, east: 181.1, south: -18, north: -16.5 })
    expect(labels(meridians(frame)).join()).toContain('179.5° E,180.0°,179.5° W')
  })

  it('gives as many digits as the step has', () => {
    const frame = fitFrame({ west: 9, east: 9.03, south: 48, north: 48.027 })
    expect(labels(parallels(frame))).toContain('48.005° N')
    expect(labels(meridians(frame))).toContain('9.01° E')
  })

  it('has at least two lines each way, never closer than a label needs, on any map', () => {
    const angle = (limit: number): fc.Arbitrary<number> => fc.double({ min: -limit, max: limit, noNaN: true })
    fc.assert(
      fc.property(angle(179), angle(80), fc.double({ min: 0, max: 9, noNaN: true }), (west, south, span) => {
        const frame = fitFrame({ west, east: west + span, south, north: south + span })
        for (const [lines, character, size] of [
          [meridians(frame), 7.5, 0],
          [parallels(frame), 0, 14],
        ] as const) {
          expect(lines.length).toBeGreaterThanOrEqual(2)
          lines.slice(1).forEach(({ at, label }, index) => {
            const distance = Math.abs(at - lines[index].at)
            expect(distance).toBeGreaterThan(Math.max(size, label.length * character))
          })
        }
      }),
    )
  })
})
