import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { checkScl, countClasses } from './scl-check'

/** Vegetation, with the first `pixels` pixels of the window (none of them in the centre below 448) of another class. */
function windowOf(...parts: [value: number, pixels: number][]): Uint16Array {
  const scl = new Uint16Array(1024).fill(4)
  let from = 0
  for (const [value, pixels] of parts) {
    scl.fill(value, from, from + pixels)
    from += pixels
  }
  return scl
}

const verdict = (scl: Uint16Array, limits = {}): string | null =>
  checkScl(scl, countClasses(scl), { ...DEFAULT_SETTINGS, ...limits })

describe('the scene classification check', () => {
  it.each([
    ['scl-cloud', [8, 9, 10], 256],
    ['scl-shadow', [2, 3], 256],
    ['scl-snow', [11], 256],
    ['scl-water', [6], 256],
    ['scl-invalid', [0, 1, 7], 51],
  ] as const)('gives %s above its limit, not at it', (reason, classes, atLimit) => {
    for (const value of classes) {
      expect(verdict(windowOf([value, atLimit]))).toBeNull()
      expect(verdict(windowOf([value, atLimit + 1]))).toBe(reason)
    }
  })

  it('sums the classes of a kind', () => {
    expect(verdict(windowOf([8, 100], [9, 100], [10, 57]))).toBe('scl-cloud')
  })

  it('names the first reason in the order footprint, cloud, shadow, snow, water, invalid', () => {
    const shadowAndSnow = windowOf([3, 300], [11, 148])
    expect(verdict(shadowAndSnow, { sclMaxSnow: 0.1 })).toBe('scl-shadow')
    const scl = windowOf([9, 300])
    scl[14 * 32 + 14] = 6
    expect(verdict(scl)).toBe('scl-footprint')
  })

  it.each([
    [14, 14],
    [14, 17],
    [17, 14],
    [17, 17],
  ])('looks at centre pixel row %d, column %d', (row, col) => {
    const scl = windowOf()
    scl[row * 32 + col] = 7
    expect(verdict(scl)).toBe('scl-footprint')
  })

  it.each([
    [13, 14],
    [14, 13],
    [18, 17],
    [17, 18],
  ])('but not at row %d, column %d', (row, col) => {
    const scl = windowOf()
    scl[row * 32 + col] = 9
    expect(verdict(scl)).toBeNull()
  })
})
