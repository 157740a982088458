import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { countSchema, openDatabase, type Database } from './database'

let folder = ''
let database: Database

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'database-'))
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  database = await openDatabase({ memoryMb: 256, threads: 2, tempDirectory: join(folder, 'spill') })
})
afterEach(() => database.close())

describe('database', () => {
  it('gives 64-bit integers exactly and counts as numbers', async () => {
    const row = await database.row(
      "SELECT '83310020000090071'::UBIGINT AS shot, count(*) AS n FROM range(5)",
      z.object({ shot: z.bigint(), n: countSchema }),
    )
    expect(row).toEqual({ shot: 83310020000090071n, n: 5 })
  })

  it('refuses rows that are not what the schema says', async () => {
    await expect(database.rows("SELECT 'x' AS n", z.object({ n: z.number() }))).rejects.toMatchObject({
      tag: 'internal',
    })
  })

  it('refuses no row and two rows where one is expected', async () => {
    const schema = z.object({ range: countSchema })
    for (const n of [0, 2]) {
      await expect(database.row(`SELECT * FROM range(${n})`, schema)).rejects.toMatchObject({
        tag: 'internal',
      })
    }
  })

  it('streams all rows in order', async () => {
    await database.run('CREATE TABLE t AS SELECT range AS k FROM range(300000)')
    const read: unknown[] = []
    for await (const chunk of database.chunks('SELECT k FROM t')) read.push(...chunk.getColumnValues(0))
    expect(read.length).toBe(300_000)
    expect(read.findIndex((value, index) => value !== BigInt(index))).toBe(-1)
  })

  it('reports rows copied', async () => {
    const file = join(folder, 'copied.csv')
    expect(await database.run(`COPY (SELECT * FROM range(7)) TO '${file}'`)).toBe(7)
  })

  it('interrupts a running query within a second', async () => {
    const controller = new AbortController()
    const query = database.run('SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b', {
      signal: controller.signal,
    })
    setTimeout(() => controller.abort(), 100)
    const started = performance.now()
    await expect(query).rejects.toMatchObject({ tag: 'cancelled' })
    expect(performance.now() - started).toBeLessThan(1500)
    expect(await database.run('SELECT 1')).toBeGreaterThanOrEqual(0)
  })

  it('does not start a query whose signal is aborted', async () => {
    const signal = AbortSignal.abort()
    await expect(database.run('CREATE TABLE never (a INTEGER)', { signal })).rejects.toMatchObject({
      tag: 'cancelled',
    })
    await database.run('CREATE TABLE never (a INTEGER)')
  })

  it.skipIf(!existsSync('/dev/full'))('names a full disk and the file', async () => {
    const query = database.run("COPY (SELECT * FROM range(1000000)) TO '/dev/full' (FORMAT csv)", {
      file: 'train.csv',
    })
    await expect(query).rejects.toMatchObject({ tag: 'disk-full', file: 'train.csv' })
  })

  it('names a folder that cannot be written', async () => {
    const query = database.run(`COPY (SELECT 1) TO '${join(folder, 'absent', 'x.csv')}' (FORMAT csv)`)
    await expect(query).rejects.toMatchObject({ tag: 'output-unwritable' })
  })

  it('spills into the given folder and leaves nothing there', async () => {
    const n = await database.row(
      `SELECT count(*) AS n FROM (SELECT DISTINCT md5(range::VARCHAR) AS key FROM range(4000000))`,
      z.object({ n: countSchema }),
    )
    expect(n.n).toBe(4_000_000)
    expect(existsSync(join(folder, 'spill'))).toBe(true)
    database.close()
    expect(existsSync(join(folder, 'spill')) ? await readdir(join(folder, 'spill')) : []).toEqual([])
    database = await openDatabase({ memoryMb: 256, tempDirectory: join(folder, 'spill') })
  })

  it('loads no extension from the network', async () => {
    await expect(database.run("SELECT * FROM st_read('x.shp')")).rejects.toMatchObject({ tag: 'internal' })
  })
})
