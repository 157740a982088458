import fc from 'fast-check'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withDatabase } from '../footprints/database'
import { importTable } from '../footprints/table'
import { readDensity, type Density } from './density'
import { rangeOf, readDistribution, type Distribution } from './distribution'
import { fitFrame, type MapFrame } from './frame'
import { sampleFootprints, writeFootprints, type TestFootprint } from './footprint-fixtures'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'distribution-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Counted {
  distribution: Distribution
  frame: MapFrame
  density: Density
}

async function count(footprints: readonly TestFootprint[]): Promise<Counted> {
  const file = join(folder, 'table.csv')
  await writeFootprints(file, footprints)
  return withDatabase({ memoryMb: 512, tempDirectory: join(folder, 'spill') }, async (database) => {
    await importTable(database, file, 't')
    const distribution = await readDistribution(database, 't')
    const frame = fitFrame(distribution.range)
    return { distribution, frame, density: await readDensity(database, 't', distribution.rows, frame) }
  })
}

const at = (lon: number, lat: number, time = '2020-06-07T04:11:09Z'): TestFootprint => ({ lon, lat, time })

describe('counting a table', () => {
  it('counts the sample granules per day, year and place as a plain loop does', async () => {
    const footprints = await sampleFootprints()
    const { distribution } = await count(footprints)
    expect(distribution.rows).toBe(footprints.length)
    const days = new Array<number>(366).fill(0)
    for (const { time } of footprints) {
      const date = new Date(time)
      days[Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000)] += 1
    }
    expect(distribution.days).toEqual(days)
    // The days are those in the names of the granules: 2020159, 2020214, 2020359, 2021184.
    expect(days.flatMap((n, index) => (n > 0 ? [index + 1] : []))).toEqual([159, 184, 214, 359])
    expect(distribution.years).toEqual([2020, 2021])
    expect(distribution.range).toEqual({
      west: Math.min(...footprints.map(({ lon }) => lon)),
      east: Math.max(...footprints.map(({ lon }) => lon)),
      south: Math.min(...footprints.map(({ lat }) => lat)),
      north: Math.max(...footprints.map(({ lat }) => lat)),
    })
  })

  it('puts the last day of a leap year and of a common year in their places', async () => {
    const times = [
      '2020-01-01T00:00:00Z',
      '2020-12-31T23:59:59Z',
      '2021-12-31T23:59:59.9Z',
      '2020-02-29T12:00:00Z',
    ]
    const { distribution } = await count(times.map((time) => at(9, 48, time)))
    expect(distribution.days.flatMap((n, index) => (n > 0 ? [index + 1] : []))).toEqual([1, 60, 365, 366])
  })

  it('has no range where there are no rows', async () => {
    const { distribution, density } = await count([])
    expect(distribution).toEqual({ rows: 0, days: new Array<number>(366).fill(0), years: [], range: null })
    expect(density).toEqual({ kind: 'dots', dots: [] })
  })
})

describe('density', () => {
  it('counts cells as a plain loop does, also over the antimeridian', async () => {
    const footprints = Array.from({ length: 5000 }, (_, index) =>
      at(((176 + ((index * 0.00137) % 7) + 180) % 360) - 180, -19 + ((index * 0.000_91) % 4)),
    )
    const { frame, density } = await count(footprints)
    if (density.kind !== 'cells') throw new Error('expected cells')
    const perDegree = Math.round(1 / density.size)
    const expected = new Map<string, number>()
    for (const { lon, lat } of footprints) {
      const turn = lon < 0 ? 360 * perDegree : 0
      const key = `${Math.floor(lon * perDegree) + turn},${Math.floor(lat * perDegree)}`
      expected.set(key, (expected.get(key) ?? 0) + 1)
    }
    expect(new Map(density.cells.map(({ column, row, count: n }) => [`${column},${row}`, n]))).toEqual(
      expected,
    )
    expect(density.max).toBe(Math.max(...expected.values()))
    expect(density.size * frame.perLon).toBeGreaterThanOrEqual(4)
  })

  it('keeps every footprint inside the frame when the whole globe is shown', async () => {
    const lons = [-180, -135, -90, -45, 0, 45, 90, 135, 179.9, 180]
    const footprints = lons.flatMap((lon) =>
      Array.from({ length: 300 }, (_, index) => at(lon, (index % 3) * 20)),
    )
    const { frame, density } = await count(footprints)
    if (density.kind !== 'cells') throw new Error('expected cells')
    for (const { column } of density.cells) {
      expect(column * density.size).toBeGreaterThanOrEqual(frame.west)
      expect((column + 1) * density.size).toBeLessThanOrEqual(frame.east)
    }
    expect(density.cells.reduce((sum, cell) => sum + cell.count, 0)).toBe(footprints.length)
  })

  it('draws a few footprints that stand apart one by one, and counts them where they clump', async () => {
    const apart = Array.from({ length: 60 }, (_, index) => at(9 + index * 0.001, 48 + (index % 10) * 0.001))
    const { density } = await count(apart)
    expect(density).toEqual({ kind: 'dots', dots: apart.map(({ lon, lat }) => ({ lon, lat })) })
    const clumped = Array.from({ length: 60 }, (_, index) => at(index % 2, 48 + index * 1e-6))
    expect((await count(clumped)).density).toMatchObject({ kind: 'cells', max: 30 })
  })
})

describe('the range of longitudes', () => {
  it('lies over the antimeridian where the data do', () => {
    const strip = (west: number, east: number) => ({ west, east, south: -19, north: -15 })
    expect(rangeOf([strip(-180, -179.5), strip(-178, -177), strip(176, 179.8)])).toMatchObject({
      west: 176,
      east: 183,
    })
    expect(rangeOf([strip(-61.5, -61.5)])).toMatchObject({ west: -61.5, east: -61.5 })
  })

  it('holds every point and is no wider than a search over all starts finds', () => {
    const lon = fc.integer({ min: -1800, max: 1799 }).map((tenth) => tenth / 10)
    fc.assert(
      fc.property(fc.uniqueArray(lon, { minLength: 1, maxLength: 30 }), (lons) => {
        const sorted = [...lons].sort((a, b) => a - b)
        const range = rangeOf(sorted.map((west) => ({ west, east: west, south: 0, north: 0 })))
        if (range === null) throw new Error('expected a range')
        const offset = (from: number, to: number): number => (((to - from) % 360) + 360) % 360
        const width = range.east - range.west
        for (const each of lons) expect(offset(range.west, each)).toBeLessThanOrEqual(width + 1e-9)
        const narrowest = Math.min(...lons.map((from) => Math.max(...lons.map((to) => offset(from, to)))))
        expect(width).toBeCloseTo(narrowest, 9)
      }),
    )
  })
})
