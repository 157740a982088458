import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import { quietContext } from '../process/context'
import { utmProjection } from '../raster/projection'
import { measureLeakage } from './measure-leakage'
import { patchesFor, placeWindow, sharePixels, type Patches } from './patches'

type Place = [lon: number, lat: number]

function patchesAt(places: readonly Place[]): Patches {
  const patches = patchesFor(places.length)
  places.forEach(([lon, lat], i) => {
    patches.lon[i] = lon
    patches.lat[i] = lat
    placeWindow(patches, i)
  })
  return patches
}

/** Patches cut in one zone, by the offset of their windows in pixels from a place in Switzerland. */
function patchesCut(offsets: readonly [column: number, row: number][], epsg = 32632): Patches {
  const patches = patchesFor(offsets.length)
  const projection = utmProjection(epsg)
  offsets.forEach(([column, row], i) => {
    const [left, top] = [500_000 + 10 * column, 5_200_000 - 10 * row]
    ;[patches.lon[i], patches.lat[i]] = projection.inverse(left + 160, top - 160)
    patches.epsg[i] = epsg
    patches.left[i] = left
    patches.top[i] = top
  })
  return patches
}

const measure = (train: Patches, test: Patches): ReturnType<typeof measureLeakage> =>
  measureLeakage({ train, test }, quietContext())

/** Numbers in [0, 1) that follow from a seed: a linear congruential generator modulo 2^32. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296
}

describe('patches that share pixels', () => {
  it('are those less than 32 pixels apart in both directions, to the pixel', async () => {
    const train = patchesCut([[0, 0]])
    const shares = async (column: number, row: number): Promise<boolean> =>
      (await measure(train, patchesCut([[column, row]]))).sharing === 1
    for (const [column, row] of [
      [0, 0],
      [31, 0],
      [0, -31],
      [31, 31],
      [-31, 31],
    ] as const)
      expect(await shares(column, row), `${column}, ${row}`).toBe(true)
    for (const [column, row] of [
      [32, 0],
      [0, 32],
      [-32, -32],
      [31, 32],
    ] as const)
      expect(await shares(column, row), `${column}, ${row}`).toBe(false)
  })

  it('are counted once, however many train patches they meet', async () => {
    const train = patchesCut([
      [0, 0],
      [1, 0],
      [2, 0],
    ])
    const test = patchesCut([
      [5, 5],
      [40, 40],
    ])
    expect(await measure(train, test)).toMatchObject({ train: 3, test: 2, sharing: 1 })
  })

  it('of neighbouring zones are those that share ground', () => {
    // 12 degrees east is the border of zones 32 and 33; the same place in both.
    const [west, east] = [patchesFor(1), patchesFor(2)]
    const place = (patches: Patches, i: number, epsg: number, lon: number): void => {
      const [x, y] = utmProjection(epsg).forward(lon, 47)
      patches.epsg[i] = epsg
      patches.left[i] = x - 160
      patches.top[i] = y + 160
    }
    place(west, 0, 32632, 12)
    place(east, 0, 32633, 12.003) // 228 m further east
    place(east, 1, 32633, 12.006) // 456 m
    expect(sharePixels(west, 0, east, 0)).toBe(true)
    expect(sharePixels(west, 0, east, 1)).toBe(false)
  })

  it('are those that comparing all pairs finds, in a crowd', async () => {
    const random = randomNumbers(3)
    const crowd = (count: number): [number, number][] =>
      Array.from({ length: count }, () => [Math.floor(random() * 900), Math.floor(random() * 900)])
    const [train, test] = [crowd(300), crowd(200)]
    const expected = test.filter(([c, r]) =>
      train.some(([c2, r2]) => Math.abs(c - c2) < 32 && Math.abs(r - r2) < 32),
    ).length
    expect(expected).toBeGreaterThan(20)
    expect(expected).toBeLessThan(180)
    expect((await measure(patchesCut(train), patchesCut(test))).sharing).toBe(expected)
  })
})

it('a split without patches has neither figure nor median', async () => {
  const some = patchesCut([[0, 0]])
  expect(await measure(patchesFor(0), some)).toMatchObject({ test: 1, sharing: 0, median: null })
  expect(await measure(some, patchesFor(0))).toMatchObject({ train: 1, sharing: 0, median: null })
})

it('stops when it is cancelled', async () => {
  const some = patchesCut([[0, 0]])
  const measured = measureLeakage({ train: some, test: some }, quietContext(AbortSignal.abort()))
  await expect(measured).rejects.toMatchObject({ tag: 'cancelled' })
})

describe.skipIf(!optionalTool('rasterio'))('beside PROJ and comparing all pairs', () => {
  const random = randomNumbers(11)
  /** Tracks of footprints 60 m apart, in both hemispheres and on both sides of the antimeridian. */
  const tracks = (count: number): Place[] =>
    Array.from({ length: count }, (): Place[] => {
      const [lon, lat] = [
        [8.6, -60.2, 179.7][Math.floor(random() * 3)] + random() * 0.4,
        [47, -3, 0][Math.floor(random() * 3)] - 0.2 + random() * 0.4,
      ]
      return Array.from({ length: 25 }, (_, i) => [((lon + i * 0.0006 + 540) % 360) - 180, lat + i * 0.0004])
    }).flat()
  // Some of the test footprints lie beside train footprints.
  const train = tracks(30)
  const test = [...tracks(10), ...train.slice(0, 200).map(([x, y]): Place => [x, y + 0.004 * random()])]

  interface Expected {
    windows: [number, number, number][]
    sharing: number
    nearest: number[]
    distances: number[]
    median: number
  }
  const oracle = join(import.meta.dirname, 'leakage_oracle.py')
  const expected = (): Expected =>
    JSON.parse(
      execFileSync(PYTHON, [oracle], { input: JSON.stringify({ train, test }), encoding: 'utf8' }),
    ) as Expected

  it('windows, shared pixels, classes of distance and median are the same', async () => {
    const { windows, sharing, distances, median } = expected()
    const patches = patchesAt(test)
    const placed = windows.map((_, i) => [patches.epsg[i], patches.left[i], patches.top[i]])
    expect(placed).toEqual(windows)
    const measured = await measure(patchesAt(train), patches)
    expect(sharing).toBeGreaterThan(50)
    expect(measured).toMatchObject({ train: train.length, test: test.length, sharing, distances })
    // The arc of a sphere stands for the geodesic.
    expect(Math.abs((measured.median ?? 0) / median - 1)).toBeLessThan(1e-4)
  }, 60_000)
})
