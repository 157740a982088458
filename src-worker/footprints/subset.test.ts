import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isoSeconds } from '../../src-shared/footprint/time'
import { quietContext } from '../process/context'
import { drawSubset, type SubsetRequest } from './subset'
import { subsetSummarySchema, type SubsetSummary } from './subset-summary'
import { TABLE_HEADER } from './write-table'

let folder = ''
let table = ''

/** Rows per day of the year in the table below; leap day and last day included. */
const DAYS = new Map([
  [1, 40],
  [60, 7],
  [61, 300],
  [200, 90],
  [366, 150],
])
const TOTAL = 587

const granuleOf = (day: number): string =>
  `GEDI04_A_2020${String(day).padStart(3, '0')}041109_O08331_02_T08331_02_002_02_V002.h5`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'subset-'))
  table = join(folder, 'combined.csv')
  const lines = [...DAYS].flatMap(([day, rows]) =>
    Array.from({ length: rows }, (_, row) => {
      const shot = 83310020000000000n + BigInt(day) * 1000n + BigInt(row)
      const time = isoSeconds(Date.UTC(2020, 0, day, 4, 11, 9))
      return `${row + 0.5};${row / 8};${day / 10};${row / 16};${shot};${day * 1e5 + row}.25;1;1;1;${granuleOf(day)};${time}`
    }),
  )
  await writeFile(table, `${TABLE_HEADER}\n${lines.join('\n')}\n`)
})
afterAll(() => rm(folder, { recursive: true }))

async function draw(
  change: Partial<SubsetRequest>,
): Promise<{ summary: SubsetSummary; text: string; shots: string[] }> {
  const output = join(folder, 'subset.csv')
  const request: SubsetRequest = {
    table,
    output,
    size: 100,
    seed: 0,
    split: 'train',
    apart: null,
    memoryMb: 256,
    tempDirectory: join(folder, 'spill'),
    ...change,
  }
  const summary = await drawSubset(request, quietContext())
  expect(subsetSummarySchema.parse(summary)).toEqual(summary)
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
  const text = await readFile(output, 'utf8')
  const lines = text.trimEnd().split('\n').slice(1)
  return { summary, text, shots: lines.map((line) => line.split(';')[4]) }
}

const perDay = (shots: readonly string[]): Record<string, number> =>
  shots.reduce<Record<string, number>>((counts, shot) => {
    const day = String(Math.floor(Number(shot.slice(-6)) / 1000))
    return { ...counts, [day]: (counts[day] ?? 0) + 1 }
  }, {})

describe('drawing a subset', () => {
  it('is as even over the days as they allow, with the exact total', async () => {
    const { summary, shots } = await draw({ size: 107 })
    expect(shots).toHaveLength(107)
    expect(new Set(shots).size).toBe(107)
    expect(perDay(shots)).toEqual({ 1: 25, 60: 7, 61: 25, 200: 25, 366: 25 })
    expect(summary).toEqual({
      split: 'train',
      available: TOTAL,
      rows: 107,
      days: [...DAYS].map(([day, available]) => ({ day, available, drawn: day === 60 ? 7 : 25 })),
    })
  })

  it('gives the remainder of the cap to days that the seed chooses', async () => {
    const counts = perDay((await draw({ size: 109 })).shots)
    const drawn = Object.values(counts).toSorted((a, b) => a - b)
    expect(drawn).toEqual([7, 25, 25, 26, 26])
  })

  it('takes all rows when there are no more than wanted, in random order', async () => {
    const { summary, shots } = await draw({ size: TOTAL })
    expect(summary.rows).toBe(TOTAL)
    expect(new Set(shots).size).toBe(TOTAL)
    expect(shots).not.toEqual(shots.toSorted())
    expect((await draw({ size: 10_000 })).shots).toEqual(shots)
  })

  it('gives the same rows for the same seed, whatever the threads and the order of the table', async () => {
    const { text } = await draw({ size: 200, threads: 1 })
    expect((await draw({ size: 200, threads: 2 })).text).toBe(text)
    const [header, ...lines] = (await readFile(table, 'utf8')).trimEnd().split('\n')
    const reversed = join(folder, 'reversed.csv')
    await writeFile(reversed, `${[header, ...lines.toReversed()].join('\n')}\n`)
    expect((await draw({ size: 200, table: reversed })).text).toBe(text)
  })

  it('gives other rows in another order for another seed', async () => {
    const [a, b] = [await draw({ seed: 1 }), await draw({ seed: 2 })]
    expect(a.shots.toSorted()).not.toEqual(b.shots.toSorted())
  })

  it('draws at random inside a day', async () => {
    const { shots } = await draw({ size: 107 })
    const rows = shots
      .filter((shot) => shot.endsWith('061', shot.length - 3))
      .map((shot) => Number(shot.slice(-3)))
    expect(rows).toHaveLength(25)
    expect(rows.some((row) => row < 100)).toBe(true)
    expect(rows.some((row) => row >= 200)).toBe(true)
  })

  it('keeps rows as they are', async () => {
    const { text } = await draw({})
    const original = new Set((await readFile(table, 'utf8')).split('\n').map(normalised))
    for (const line of text.trimEnd().split('\n')) expect(original).toContain(normalised(line))
  })

  it('tells equal shot numbers of a foreign table apart', async () => {
    const twice = join(folder, 'twice.csv')
    const [header, first] = (await readFile(table, 'utf8')).split('\n')
    await writeFile(twice, `${header}\n${`${first}\n`.repeat(9)}`)
    expect((await draw({ table: twice, size: 4 })).shots).toHaveLength(4)
  })

  it('of nothing is a header', async () => {
    expect((await draw({ size: 0 })).text).toBe(`${TABLE_HEADER}\n`)
    const empty = join(folder, 'empty.csv')
    await writeFile(empty, `${TABLE_HEADER}\n`)
    const { text, summary } = await draw({ table: empty })
    expect(text).toBe(`${TABLE_HEADER}\n`)
    expect(summary).toMatchObject({ available: 0, rows: 0, days: [] })
  })

  it('of a missing table is an error', async () => {
    await expect(draw({ table: join(folder, 'absent.csv') })).rejects.toMatchObject({ tag: 'input-missing' })
  })
})

/** A line with its numbers in JavaScript's form, `40.0` as `40`. */
function normalised(line: string): string {
  return line
    .split(';')
    .map((field) => (/^[\d.]+$/.test(field) && field.length < 16 ? String(Number(field)) : field))
    .join(';')
}
