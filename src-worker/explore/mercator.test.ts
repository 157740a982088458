import fc from 'fast-check'
import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import { cellKey, columnOf, keyAt, KEY_LEVEL, mercatorX, mercatorY, rowOf } from './mercator'

const HALF = Math.PI * 6_378_137
const lonLat = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -85, max: 85, noNaN: true }),
)

describe('web mercator', () => {
  it('is that of PROJ', () => {
    fc.assert(
      fc.property(lonLat, ([lon, lat]) => {
        const [x, y] = proj4('EPSG:4326', 'EPSG:3857', [lon, lat])
        expect(mercatorX(lon)).toBeCloseTo((x + HALF) / (2 * HALF), 9)
        expect(mercatorY(lat)).toBeCloseTo((HALF - y) / (2 * HALF), 9)
      }),
    )
  })

  it('puts what lies at or beyond its edges into the cells there', () => {
    const last = 2 ** KEY_LEVEL - 1
    for (const lat of [-90, -86]) expect(rowOf(keyAt(0, lat))).toBe(last)
    for (const lat of [90, 86]) expect(rowOf(keyAt(0, lat))).toBe(0)
    expect(columnOf(keyAt(180, 0))).toBe(last)
    expect(columnOf(keyAt(-180, 0))).toBe(0)
  })
})

describe('keys of cells', () => {
  const part = fc.integer({ min: 0, max: 2 ** KEY_LEVEL - 1 })

  it('hold column and row, and their first bits those of the coarser cells', () => {
    fc.assert(
      fc.property(part, part, fc.integer({ min: 0, max: KEY_LEVEL - 1 }), (column, row, finer) => {
        const key = cellKey(column, row)
        expect([columnOf(key), rowOf(key)]).toEqual([column, row])
        expect(Math.floor(key / 4 ** finer)).toBe(cellKey(column >> finer, row >> finer))
      }),
    )
  })
})
