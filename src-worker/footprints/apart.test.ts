import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SAMPLE_DIR } from '../../e2e/tools'
import { quietContext } from '../process/context'
import { combine, ingestAll, newFolder, type Combined } from './combine-fixture'
import type { IngestedGranule } from './granule-overlap'
import { SplitBlocks } from './split-blocks'
import { drawSubset } from './subset'
import type { SubsetSummary } from './subset-summary'
import { nearestOnGround, type Place } from './ground-distance-fixture'

let granules: IngestedGranule[] = []
beforeAll(async () => {
  granules = await ingestAll([join(SAMPLE_DIR, 'gedi')])
})

function placesOf(table: string): Place[] {
  const lines = table.trimEnd().split('\n').slice(1)
  return lines.map((line) => line.split(';')).map((cells) => [Number(cells[2]), Number(cells[3])])
}

const years = (table: string): Set<string> =>
  new Set(
    table
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(';')[10].slice(0, 4)),
  )

describe('splitting by blocks', () => {
  const settings = { splitBlocks: 1, splitTestShare: 0.5, seed: 3 }
  let whole: Combined
  beforeAll(async () => {
    whole = await combine(granules, settings)
  })

  it('pools the years and takes every footprint once', async () => {
    const byYear = await combine(granules)
    const all = [...byYear.shots.train, ...byYear.shots.test].toSorted()
    expect([...whole.shots.train, ...whole.shots.test].toSorted()).toEqual(all)
    expect(whole.summary.inBuffer).toBe(0)
    expect(byYear.summary).not.toHaveProperty('inBuffer')
    expect(years(whole.tables.train)).toEqual(new Set(['2020', '2021']))
    expect(years(whole.tables.test)).toEqual(new Set(['2020', '2021']))
  })

  it('leaves no block with footprints of both splits', () => {
    const blocks = new SplitBlocks({ ...settings, splitBuffer: null })
    const [train, test] = [whole.tables.train, whole.tables.test].map(
      (table) => new Set(placesOf(table).map((place) => blocks.blockAt(...place).join())),
    )
    expect(train.size).toBeGreaterThan(3)
    expect(test.size).toBeGreaterThan(3)
    expect([...train].filter((block) => test.has(block))).toEqual([])
  })

  it('with a buffer keeps the splits twice as far apart, and tells what that costs', async () => {
    const apart = await combine(granules, { ...settings, splitBuffer: 200 })
    const [train, test] = [placesOf(apart.tables.train), placesOf(apart.tables.test)]
    expect(Math.min(...test.map((place) => nearestOnGround(place, train)))).toBeGreaterThan(400)
    const before = Math.min(
      ...placesOf(whole.tables.test).map((p) => nearestOnGround(p, placesOf(whole.tables.train))),
    )
    expect(before).toBeLessThan(200)
    expect(apart.summary.inBuffer).toBeGreaterThan(0)
    expect(apart.summary.inBuffer).toBe(
      whole.summary.train + whole.summary.test - apart.summary.train - apart.summary.test,
    )
    expect(whole.shots.train).toEqual(expect.arrayContaining(apart.shots.train))
  })

  it('writes the same bytes for any order of granules and any number of threads', async () => {
    const again = await combine(granules.toReversed(), settings, { threads: 2 })
    const single = await combine(granules, settings, { threads: 1 })
    expect(again.tables).toEqual(whole.tables)
    expect(single.tables).toEqual(whole.tables)
    expect((await combine(granules, { ...settings, seed: 4 })).shots.test.toSorted()).not.toEqual(
      whole.shots.test.toSorted(),
    )
  })
})

describe('a test subset apart from train', () => {
  interface Drawn {
    summary: SubsetSummary
    table: string
  }

  async function draw(
    { tables }: Combined,
    apart: number | null,
    options: { threads?: number; size?: number } = {},
  ): Promise<Drawn> {
    const folder = await newFolder()
    const [train, test, output] = ['train', 'test', 'subset'].map((name) => join(folder, `${name}.csv`))
    await writeFile(train, tables.train)
    await writeFile(test, tables.test)
    const summary = await drawSubset(
      {
        table: test,
        output,
        size: 10_000,
        seed: 0,
        split: 'test',
        apart: apart === null ? null : { table: train, distance: apart },
        memoryMb: 256,
        tempDirectory: join(folder, 'spill'),
        ...options,
      },
      quietContext(),
    )
    return { summary, table: await readFile(output, 'utf8') }
  }

  it('holds exactly the footprints that are no nearer than asked for', async () => {
    const combined = await combine(granules)
    const train = placesOf(combined.tables.train)
    const all = placesOf(combined.tables.test)
    for (const limit of [30, 60, 150]) {
      const { summary, table } = await draw(combined, limit)
      const expected = all.filter((place) => nearestOnGround(place, train) >= limit)
      expect(placesOf(table).toSorted()).toEqual(expected.toSorted())
      expect(summary).toMatchObject({
        tooNear: all.length - expected.length,
        available: expected.length,
        rows: expected.length,
      })
    }
    const { summary } = await draw(combined, 60)
    expect(summary.tooNear).toBeGreaterThan(0)
    expect(summary.available).toBeGreaterThan(0)
  })

  it('is drawn from what is left, the same by any number of threads', async () => {
    const combined = await combine(granules)
    const first = await draw(combined, 100, { threads: 1, size: 20 })
    expect(first.summary.rows).toBe(20)
    const train = placesOf(combined.tables.train)
    for (const place of placesOf(first.table)) expect(nearestOnGround(place, train)).toBeGreaterThan(99.9)
    expect((await draw(combined, 100, { threads: 2, size: 20 })).table).toBe(first.table)
  })

  it('is as ever where no distance is asked for', async () => {
    const combined = await combine(granules)
    const { summary } = await draw(combined, null)
    expect(summary).not.toHaveProperty('tooNear')
    expect(summary.rows).toBe(combined.summary.test)
  })
})
