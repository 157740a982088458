import { describe, expect, it } from 'vitest'
import { drawIcon } from './icon'

/** Blue, green, red, alpha of a pixel. */
function pixel(icon: Buffer, size: number, col: number, row: number): number[] {
  return [...icon.subarray((row * size + col) * 4, (row * size + col) * 4 + 4)]
}

describe('the icon', () => {
  it('is a white shot in a white ring on the ground colour, with free corners', () => {
    const icon = drawIcon(64)
    const [white, ground] = [
      [255, 255, 255, 255],
      [0x6e, 0x76, 0x0f, 255],
    ]
    expect(pixel(icon, 64, 32, 32)).toEqual(white)
    expect(pixel(icon, 64, 32 + 17, 32)).toEqual(white)
    expect(pixel(icon, 64, 32 + 10, 32)).toEqual(ground)
    expect(pixel(icon, 64, 2, 32)).toEqual(ground)
    expect(pixel(icon, 64, 0, 0)).toEqual([0, 0, 0, 0])
  })

  it('is the same from all sides, at any size', () => {
    for (const size of [16, 22, 33, 256]) {
      const icon = drawIcon(size)
      expect(icon).toHaveLength(size * size * 4)
      for (const at of [0, 1, Math.floor(size / 3)]) {
        expect(pixel(icon, size, at, 1)).toEqual(pixel(icon, size, size - 1 - at, size - 2))
        expect(pixel(icon, size, at, 1)).toEqual(pixel(icon, size, 1, at))
      }
    }
  })
})
