import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isolateFootprints } from './isolate-footprints'

/** Cuts parts in which no footprint is bad. @returns places that were cut, and deaths */
async function isolated(count: number, bad: ReadonlySet<number>): Promise<{ cut: number[]; deaths: number }> {
  const cut: number[] = []
  let deaths = 0
  const survived = await isolateFootprints(count, (from, to) => {
    const places = Array.from({ length: to - from }, (_, i) => from + i)
    const dies = places.some((place) => bad.has(place))
    if (dies) deaths++
    else cut.push(...places)
    return Promise.resolve(!dies)
  })
  expect(survived).toBe(cut.length)
  return { cut, deaths }
}

describe('isolating footprints that workers die of', () => {
  it('leaves exactly these, and cuts every other one once, in cutting order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.nat(299), { minLength: 1, maxLength: 5 }),
        async (count, places) => {
          const bad = new Set(places.map((place) => place % count))
          const { cut } = await isolated(count, bad)
          const sound = Array.from({ length: count }, (_, i) => i).filter((place) => !bad.has(place))
          expect(cut).toEqual(sound)
        },
      ),
    )
  })

  it('costs a dozen workers for one bad footprint in a thousand', async () => {
    expect((await isolated(1000, new Set([617]))).deaths).toBeLessThan(12)
  })

  it('ends after a hundred deaths, with what was not told apart left out', async () => {
    const { cut, deaths } = await isolated(10_000, new Set(Array.from({ length: 5000 }, (_, i) => 2 * i)))
    expect(deaths).toBe(100)
    expect(cut.length).toBeLessThan(100)
  })

  it('may find that nothing is wrong with any part', async () => {
    expect(await isolated(9, new Set())).toMatchObject({ deaths: 0, cut: [0, 1, 2, 3, 4, 5, 6, 7, 8] })
  })
})
