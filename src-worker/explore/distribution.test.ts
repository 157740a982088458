import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { distributionSchema, type TableDistribution } from '../../src-shared/explore/distribution'
import { readDistribution } from '../figures/distribution'
import { withDatabase } from '../footprints/database'
import { importTable } from '../footprints/table'
import { TABLE_HEADER } from '../footprints/write-table'
import { quietContext } from '../process/context'
import { countDistribution } from './distribution'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'distribution-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Row {
  agbd: number
  time: string
}

const limits = (): { memoryMb: number; tempDirectory: string } => ({
  memoryMb: 256,
  tempDirectory: join(folder, 'spill'),
})

async function write(rows: readonly Row[]): Promise<string> {
  const path = join(folder, 'table.csv')
  const lines = rows.map(({ agbd, time }, index) => `${agbd};1;9;48;${index};7.5;1;1;1;a.h5;${time}`)
  await writeFile(path, [TABLE_HEADER, ...lines, ''].join('\n'))
  return path
}

const count = async (rows: readonly Row[]): Promise<TableDistribution> =>
  distributionSchema.parse(await countDistribution({ table: await write(rows), ...limits() }, quietContext()))

describe('the distribution of a table', () => {
  const row = fc.record({
    agbd: fc.oneof(
      fc.constantFrom(0, 5, 599.99, 600, -0.01, 5000),
      fc.float({ min: 0, max: 700, noNaN: true }),
    ),
    time: fc
      .date({
        min: new Date('2019-01-01T00:00:00Z'),
        max: new Date('2022-12-31T23:59:59Z'),
        noInvalidDate: true,
      })
      .map((date) => date.toISOString()),
  })

  it('is what a plain loop counts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 100 }), async (rows) => {
        const found = await count(rows)
        const number = (matches: (row: Row) => boolean): number => rows.filter(matches).length
        const agbd = rows.map((r) => Math.fround(r.agbd))
        expect(found.rows).toBe(rows.length)
        expect(found.perMonth).toEqual(
          found.perMonth.map((_, month) => number(({ time }) => new Date(time).getUTCMonth() === month)),
        )
        const { edges, counts, below, above } = found.agbd
        expect([edges.length, edges[0], edges[1], edges[120]]).toEqual([121, 0, 5, 600])
        expect(counts).toEqual(
          edges.slice(0, 120).map((edge) => agbd.filter((value) => value >= edge && value < edge + 5).length),
        )
        expect([below, above]).toEqual([
          agbd.filter((v) => v < 0).length,
          agbd.filter((v) => v >= 600).length,
        ])
        const first = Date.parse(found.perDate?.first ?? '')
        const dates = (found.perDate?.counts ?? []).flatMap((rowsOfDay, day) =>
          rowsOfDay === 0 ? [] : [[new Date(first + day * 86_400_000).toISOString().slice(0, 10), rowsOfDay]],
        )
        const days = [...new Set(rows.map(({ time }) => time.slice(0, 10)))].sort()
        expect(dates).toEqual(days.map((day) => [day, number(({ time }) => time.startsWith(day))]))
      }),
      { numRuns: 25 },
    )
  })

  it('has the days that the figure has', async () => {
    const times = [
      '2020-12-31T23:59:59Z',
      '2020-01-01T00:00:00Z',
      '2021-12-31T12:00:00Z',
      '2020-03-01T00:00:00Z',
    ]
    const rows = times.map((time) => ({ agbd: 1, time }))
    const { perDay } = await count(rows)
    const path = await write(rows)
    const figure = await withDatabase(limits(), async (database) => {
      await importTable(database, path, 't')
      return readDistribution(database, 't')
    })
    expect(perDay).toEqual(figure.days)
    expect([perDay[365], perDay[364], perDay[60], perDay[0]]).toEqual([1, 1, 1, 1])
  })

  it('is empty for an empty table, and leaves out dates that span more than a century', async () => {
    expect(await count([])).toMatchObject({ rows: 0, perDate: null })
    const far = ['1800-01-01T00:00:00Z', '2020-01-01T00:00:00Z'].map((time) => ({ agbd: 1, time }))
    expect(await count(far)).toMatchObject({ rows: 2, perDate: null })
  })

  it('names a table that is not there', async () => {
    const table = join(folder, 'absent.csv')
    await expect(countDistribution({ table, ...limits() }, quietContext())).rejects.toMatchObject({
      tag: 'input-missing',
      file: table,
    })
  })
})
