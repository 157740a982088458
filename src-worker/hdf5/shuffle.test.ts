import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shuffle, unshuffle, unshuffleRows } from './shuffle'
import { copyStrided } from './strided-copy'

const widths = fc.constantFrom(2, 3, 4, 8, 16, 24, 32)
/** Bytes of which many are zero, as in padded texts. */
const byte = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 }))

const elements = fc.tuple(widths, fc.integer({ min: 1, max: 20 })).chain(([width, count]) =>
  fc.record({
    width: fc.constant(width),
    count: fc.constant(count),
    bytes: fc
      .uint8Array({ minLength: width * count, maxLength: width * count })
      .chain((full) =>
        fc
          .array(byte, { minLength: full.length, maxLength: full.length })
          .map((sparse) => (full[0] % 2 === 0 ? full : Uint8Array.from(sparse))),
      ),
  }),
)

test('byte b of element i goes to place b * count + i', () => {
  fc.assert(
    fc.property(elements, ({ width, count, bytes }) => {
      const shuffled = new Uint8Array(bytes.length).fill(99)
      shuffle(bytes, width, shuffled)
      for (let i = 0; i < count; i++)
        for (let b = 0; b < width; b++) expect(shuffled[b * count + i]).toBe(bytes[i * width + b])
    }),
  )
})

test('any range of elements comes back from its shuffled bytes', () => {
  fc.assert(
    fc.property(elements, fc.nat(), fc.nat(), ({ width, count, bytes }, a, b) => {
      const [first, last] = [a % count, b % count].sort((x, y) => x - y)
      const shuffled = new Uint8Array(bytes.length)
      shuffle(bytes, width, shuffled)
      const found = new Uint8Array((last - first + 1) * width).fill(99)
      unshuffle(shuffled, width, first, last - first + 1, found)
      expect(found).toEqual(bytes.slice(first * width, (last + 1) * width))
    }),
  )
})

test('rows come back to where their stride says, and nothing else is touched', () => {
  fc.assert(
    fc.property(elements, fc.nat(4), fc.nat(9), fc.nat(), ({ width, count, bytes }, at, gap, seed) => {
      const perRow = [1, 2, 3].filter((n) => count % n === 0).at(-1) ?? 1
      const rowBytes = perRow * width
      const [rows, first] = [count / perRow, seed % (count / perRow)]
      const shuffled = new Uint8Array(bytes.length)
      shuffle(bytes, width, shuffled)
      const stride = rowBytes + gap
      const to = new Uint8Array(at + (rows - first) * stride).fill(99)
      unshuffleRows({ bytes: shuffled, width, rowBytes }, first, rows - first, { to, at, stride })
      const expected = new Uint8Array(to.length).fill(99)
      for (let row = first; row < rows; row++)
        expected.set(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), at + (row - first) * stride)
      expect(to).toEqual(expected)
    }),
  )
})

test('pieces are copied to where their strides say, and nothing else is touched', () => {
  const layout = fc.record({ at: fc.nat(16), gap: fc.nat(9), offset: fc.nat(5) })
  fc.assert(
    fc.property(
      layout,
      layout,
      fc.integer({ min: 1, max: 300 }),
      fc.nat(5),
      (source, target, bytes, count) => {
        const lengthOf = ({ at, gap }: typeof source): number => at + count * (bytes + gap)
        const from = Uint8Array.from({ length: lengthOf(source) + source.offset }, (_, i) => (i * 31) % 251)
        const to = new Uint8Array(lengthOf(target) + target.offset)
        const expected = to.slice(target.offset)
        for (let i = 0; i < count; i++)
          for (let b = 0; b < bytes; b++)
            expected[target.at + i * (bytes + target.gap) + b] =
              from[source.offset + source.at + i * (bytes + source.gap) + b]
        const found = to.subarray(target.offset)
        copyStrided(
          { from: from.subarray(source.offset), at: source.at, stride: bytes + source.gap },
          { to: found, at: target.at, stride: bytes + target.gap },
          bytes,
          count,
        )
        expect([...found]).toEqual([...expected])
      },
    ),
  )
})
