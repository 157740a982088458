import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planReads } from './read-plan'

const LAYERS = 3

interface Sample {
  part: number
  chunks: { gap: number; bytes: number }[]
}

const sample = fc.record({
  part: fc.integer({ min: 0, max: 3 }),
  chunks: fc.array(
    fc.record({ gap: fc.constantFrom(0, 7, 40_000), bytes: fc.constantFrom(1, 60, 1000, 1_100_000) }),
    { minLength: LAYERS, maxLength: LAYERS },
  ),
})

/** Where the chunks of samples lie in their parts, layer by layer, and how long each part is. */
function laidOut(samples: readonly Sample[]) {
  const ends = [0, 0, 0, 0]
  const at = new Float64Array(samples.length * LAYERS)
  const bytes = new Uint32Array(samples.length * LAYERS)
  for (let layer = 0; layer < LAYERS; layer++) {
    samples.forEach(({ part, chunks }, i) => {
      at[i * LAYERS + layer] = ends[part] + chunks[layer].gap
      bytes[i * LAYERS + layer] = chunks[layer].bytes
      ends[part] += chunks[layer].gap + chunks[layer].bytes
    })
  }
  return { parts: Uint32Array.from(samples, ({ part }) => part), places: { at, bytes }, ends }
}

describe('reading the images of a block', () => {
  it('takes every chunk from its place to its place, by any number of threads', () => {
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (samples, threads) => {
        const { parts, places, ends } = laidOut(samples)
        const targetOf = Array.from(places.bytes, (_, k) =>
          places.bytes.subarray(0, k).reduce((sum, b) => sum + b, 0),
        )
        const plans = planReads(parts, places, threads)
        expect(plans.flatMap((plan) => [...plan.samples]).sort((a, b) => a - b)).toEqual([...parts.keys()])
        const placed = new Map<number, string>()
        for (const { reads, copies, samples: own, pieces } of plans) {
          let c = 0
          for (let r = 0; r < reads.length; r += 4) {
            const [part, start, length, count] = reads.subarray(r, r + 4)
            expect(start + length).toBeLessThanOrEqual(ends[part])
            if (count > 1) expect(length).toBeLessThanOrEqual(1 << 20)
            for (let k = 0; k < count; k++, c += 3) {
              expect(copies[c] + copies[c + 2]).toBeLessThanOrEqual(length)
              placed.set(copies[c + 1], `${part} ${start + copies[c]} ${copies[c + 2]}`)
            }
          }
          own.forEach((i, k) => {
            const size = places.bytes.subarray(i * LAYERS, (i + 1) * LAYERS).reduce((sum, b) => sum + b, 0)
            expect([pieces[2 * k], pieces[2 * k + 1]]).toEqual([targetOf[i * LAYERS], size])
          })
        }
        expect(placed.size).toBe(places.at.length)
        places.at.forEach((at, k) =>
          expect(placed.get(targetOf[k])).toBe(`${parts[Math.floor(k / LAYERS)]} ${at} ${places.bytes[k]}`),
        )
      }),
    )
  })

  it('reads neighbours at once, and files from begin to end', () => {
    const samples = Array.from({ length: 10 }, (_, i) => ({
      part: i % 2,
      chunks: Array.from({ length: LAYERS }, () => ({ gap: 10, bytes: 100 })),
    }))
    const { parts, places } = laidOut(samples)
    const [{ reads }] = planReads(parts, places, 1)
    expect([...reads]).toEqual([0, 10, 1640, 15, 1, 10, 1640, 15])
  })
})
