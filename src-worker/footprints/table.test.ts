import fc from 'fast-check'
import { DuckDBDataChunk, DOUBLE, FLOAT, UBIGINT } from '@duckdb/node-api'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { TABLE_COLUMNS } from '../../src-shared/footprint/footprint'
import { openDatabase, type Database } from './database'
import { importTable } from './table'
import { TABLE_HEADER, writeTable } from './write-table'

const GRANULE = 'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5'
const ROW = `123.5;12.25;9.125;48.0625;83310020000090071;76479369.123456;1;1;1;${GRANULE};2020-06-07T04:11:09Z`

const rowSchema = z.record(z.string(), z.union([z.number(), z.bigint(), z.string(), z.date()]))

let folder = ''
let database: Database
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'table-'))
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  database = await openDatabase({ memoryMb: 512, threads: 2, tempDirectory: join(folder, 'spill') })
})
afterEach(() => database.close())

async function importText(text: string | Buffer, name = 'table.csv'): Promise<Record<string, unknown>[]> {
  const file = join(folder, name)
  await writeFile(file, text)
  const { rows } = await importTable(database, file, 't')
  const read = await database.rows('SELECT * FROM t ORDER BY rowid', rowSchema)
  expect(read).toHaveLength(rows)
  await importTable(database, file, 'names once', undefined, 'once')
  expect(await database.rows('SELECT * FROM "names once" ORDER BY rowid', rowSchema)).toEqual(read)
  await database.run('DROP TABLE "names once"; DROP TYPE "names once granules"')
  return read
}

const EXPECTED = {
  agbd: 123.5,
  agbd_se: 12.25,
  lon_lowestmode: 9.125,
  lat_lowestmode: 48.0625,
  shot_number: 83310020000090071n,
  delta_time: 76479369.123456,
  l2_quality_flag: 1,
  l4_quality_flag: 1,
  surface_flag: 1,
  'GEDI Filename': GRANULE,
  acquisition_time: new Date('2020-06-07T04:11:09Z'),
}

describe('importing a table', () => {
  it('without rows is empty', async () => {
    expect(await importText(`${TABLE_HEADER}\n`)).toEqual([])
  })

  it('reads its own form with exact types', async () => {
    expect(await importText(`${TABLE_HEADER}\n${ROW}\n`)).toEqual([EXPECTED])
    const types = await database.rows(
      'SELECT column_type AS type FROM (DESCRIBE t)',
      z.object({ type: z.string() }),
    )
    expect(types.map(({ type }) => type)).toEqual(
      'FLOAT FLOAT DOUBLE DOUBLE UBIGINT DOUBLE UTINYINT UTINYINT UTINYINT VARCHAR TIMESTAMP'.split(' '),
    )
  })

  it('reads what pandas writes: commas, index column, other order, extra columns, floats for flags', async () => {
    const text = [
      ',shot_number,note,"GEDI Filename",agbd,agbd_se,lat_lowestmode,lon_lowestmode,delta_time,surface_flag,l4_quality_flag,l2_quality_flag,acquisition_time',
      `0,83310020000090071,"a, ""b""\nc",/data/gedi/${GRANULE},123.5,12.25,48.0625,9.125,76479369.123456,1.0,1,1,2020-06-07 04:11:09.250000`,
      '',
    ].join('\n')
    expect(await importText(text)).toEqual([
      { ...EXPECTED, acquisition_time: new Date('2020-06-07T04:11:09.250Z') },
    ])
  })

  it('reads a byte order mark, CRLF, tabs, quoted numbers and a missing last line end', async () => {
    const quoted = ROW.split(';').map((field) => `"${field}"`)
    const text = `\uFEFF${TABLE_HEADER.replaceAll(';', '\t')}\r\n${quoted.join('\t')}`
    expect(await importText(text)).toEqual([EXPECTED])
  })

  it.each([
    ['2020-06-07T04:11:09Z', '2020-06-07T04:11:09.000Z'],
    ['2020-06-07 04:11:09', '2020-06-07T04:11:09.000Z'],
    ['2020-06-07T04:11:09.123456789', '2020-06-07T04:11:09.123Z'],
    ['2020-06-07 04:11:09.5+00:00', '2020-06-07T04:11:09.500Z'],
    ['2020-06-07T01:11:09-03:00', '2020-06-07T04:11:09.000Z'],
    ['2020-06-07', '2020-06-07T00:00:00.000Z'],
  ])('reads the time %s as UTC', async (written, expected) => {
    const rows = await importText(`${TABLE_HEADER}\n${ROW.replace('2020-06-07T04:11:09Z', written)}\n`)
    expect(rows.at(0)?.acquisition_time).toEqual(new Date(expected))
  })

  it('reads times as UTC whatever the zone of the machine', async () => {
    const zone = process.env.TZ
    process.env.TZ = 'America/New_York'
    try {
      const rows = await importText(`${TABLE_HEADER}\n${ROW.replace('09Z', '09')}\n`)
      expect(rows.at(0)?.acquisition_time).toEqual(new Date('2020-06-07T04:11:09Z'))
    } finally {
      process.env.TZ = zone
    }
  })

  it('takes a header without rows', async () => {
    expect(await importText(`${TABLE_HEADER}\n`)).toEqual([])
    await database.run('DROP TABLE t')
    expect(await importText(TABLE_HEADER)).toEqual([])
  })

  it('reads files whose names hold signs with a meaning to DuckDB', async () => {
    await importText(`${TABLE_HEADER}\n${ROW.replace('123.5', '999')}\n`, 'a1.csv')
    await database.run('DROP TABLE t')
    expect(await importText(`${TABLE_HEADER}\n${ROW}\n`, "a[1]*? 'x'.csv")).toEqual([EXPECTED])
  })

  it('keeps the order of a large file', async () => {
    const n = 200_000
    const lines = Array.from({ length: n }, (_, index) => ROW.replace('090071', String(100_000 + index)))
    const file = join(folder, 'large.csv')
    await writeFile(file, `${TABLE_HEADER}\n${lines.join('\n')}\n`)
    expect(await importTable(database, file, 't')).toEqual({ rows: n })
    const wrong = await database.rows(
      'SELECT rowid FROM t WHERE shot_number <> 83310020000100000 + rowid LIMIT 1',
      rowSchema,
    )
    expect(wrong).toEqual([])
  })
})

describe('a bad table', () => {
  const rejects = async (text: string | Buffer): Promise<unknown> => {
    const file = join(folder, 'bad.csv')
    await writeFile(file, text)
    const faultOf = (table: string, granules?: 'once'): Promise<unknown> =>
      importTable(database, file, table, undefined, granules).then(
        () => null,
        (thrown: unknown) => thrown,
      )
    const error = await faultOf('t')
    expect(await faultOf('o', 'once')).toEqual(error)
    // The name stays free for a corrected table.
    await writeFile(file, `${TABLE_HEADER}\n${ROW}\n`)
    expect(await importTable(database, file, 't')).toEqual({ rows: 1 })
    expect(await importTable(database, file, 'o', undefined, 'once')).toEqual({ rows: 1 })
    return error
  }
  const withValue = (column: string, value: string): string => {
    const fields = ROW.split(';')
    fields[TABLE_COLUMNS.findIndex((name) => name === column)] = value
    return `${TABLE_HEADER}\n${ROW}\n${ROW}\n${fields.join(';')}\n${ROW}\n`
  }

  it('that lacks columns is named with what it lacks and what it has', async () => {
    const error = await rejects('agbd,lat,lon\n1,2,3\n')
    expect(error).toMatchObject({ tag: 'table-invalid', file: join(folder, 'bad.csv') })
    expect(String(error)).toMatch(
      /lacks agbd_se, lon_lowestmode, .*acquisition_time.* names: agbd, lat, lon\./,
    )
  })

  it('that is empty is invalid, one that is absent is missing', async () => {
    expect(await rejects('')).toMatchObject({ tag: 'table-invalid' })
    await expect(importTable(database, join(folder, 'absent.csv'), 'a')).rejects.toMatchObject({
      tag: 'input-missing',
    })
    await expect(importTable(database, folder, 'b')).rejects.toMatchObject({ tag: 'input-missing' })
  })

  it.each(['8.3310020000090071e16', '8.33e+16', '83310020000090071.0', '83310020000090071.5'])(
    'with the shot number %s is refused with line, value and advice',
    async (value) => {
      const error = await rejects(withValue('shot_number', value))
      expect(error).toMatchObject({
        tag: 'table-invalid',
        context: { line: 4, column: 'shot_number', value },
        hint: expect.stringMatching(/integers.*uint64 or str/) as string,
      })
      expect(String(error)).toContain(`Line 4, column shot_number: "${value}"`)
    },
  )

  it.each([
    ['shot_number', '99999999999999999999'],
    ['shot_number', '-5'],
    ['shot_number', ''],
    ['agbd', '12,5'],
    ['agbd', ''],
    ['agbd_se', 'NaN'],
    ['lon_lowestmode', '181'],
    ['lat_lowestmode', '-90.5'],
    ['delta_time', 'x'],
    ['l2_quality_flag', '1.5'],
    ['l4_quality_flag', '256'],
    ['surface_flag', 'true'],
    ['GEDI Filename', ''],
    ['acquisition_time', '07.06.2020'],
    ['acquisition_time', '2020-13-07T04:11:09Z'],
  ])('is refused for %s "%s" with the line', async (column, value) => {
    expect(await rejects(withValue(column, value))).toMatchObject({
      tag: 'table-invalid',
      context: { line: 4, column, value },
    })
  })

  it('is refused for a line of another length', async () => {
    expect(await rejects(`${TABLE_HEADER}\n${ROW}\n${ROW};1\n`)).toMatchObject({
      tag: 'table-invalid',
      context: { line: 3, column: null },
    })
  })

  it('counts lines as an editor does, over empty lines and quoted line ends', async () => {
    const good = ROW.replace(GRANULE, `"${GRANULE}\n"`)
    const error = await rejects(`${TABLE_HEADER}\r\n\r\n${good}\r\n${ROW.replace('123.5', 'abc')}\r\n`)
    expect(error).toMatchObject({ context: { line: 5, column: 'agbd', value: 'abc' } })
  })

  it('with a stray quotation mark is refused at its line, quickly', async () => {
    const lines = `${ROW}\n`.repeat(100_000)
    const error = await rejects(`${TABLE_HEADER}\n${ROW}\n${ROW.replace('123.5', '"123.5')}\n${lines}`)
    expect(error).toMatchObject({ tag: 'table-invalid', context: { line: 3 } })
  })

  it('that is another kind of file is refused', async () => {
    expect(await rejects(Buffer.alloc(3_000_000, 0x41))).toMatchObject({ tag: 'table-invalid' })
  })

  it('is refused when it is no UTF-8', async () => {
    expect(
      await rejects(Buffer.from(`${TABLE_HEADER}\n${ROW.replace('GEDI04', 'G\u00c9DI')}\n`, 'latin1')),
    ).toMatchObject({
      tag: 'table-invalid',
    })
  })
})

describe('a table that is written', () => {
  it('has the documented header and form', async () => {
    await importText(`${TABLE_HEADER}\n${ROW.replace('09Z', '09.75Z')}\n`)
    const file = join(folder, 'written.csv')
    expect(await writeTable(database, { from: 't', orderBy: 'rowid' }, file)).toBe(1)
    expect(await readFile(file, 'utf8')).toBe(
      `agbd;agbd_se;lon_lowestmode;lat_lowestmode;shot_number;delta_time;l2_quality_flag;l4_quality_flag;surface_flag;GEDI Filename;acquisition_time\n${ROW}\n`,
    )
  })

  it('leaves nothing behind when it cannot be written', async () => {
    await importText(`${TABLE_HEADER}\n${ROW}\n`)
    const file = join(folder, 'absent', 'written.csv')
    await expect(writeTable(database, { from: 't', orderBy: 'rowid' }, file)).rejects.toMatchObject({
      tag: 'output-unwritable',
      file,
    })
  })

  it('gives back every float32, float64 and uint64 exactly, to DuckDB and to JavaScript', async () => {
    const float32 = fc.float({ noNaN: true, noDefaultInfinity: true })
    const float64 = fc.double({ noNaN: true, noDefaultInfinity: true })
    const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
    const rows = fc.array(fc.tuple(float32, float32, float64, uint64), { minLength: 1, maxLength: 2000 })
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        await database.run(
          'CREATE OR REPLACE TABLE v (agbd FLOAT, agbd_se FLOAT, delta_time DOUBLE, shot_number UBIGINT)',
        )
        const chunk = DuckDBDataChunk.create([FLOAT, FLOAT, DOUBLE, UBIGINT], values.length)
        chunk.setRows(values)
        const appender = await database.connection.createAppender('v')
        appender.appendDataChunk(chunk)
        appender.closeSync()
        const file = join(folder, 'exact.csv')
        const from = `(SELECT *, 0 AS lon_lowestmode, 0 AS lat_lowestmode, 1 AS l2_quality_flag, 1 AS l4_quality_flag,
          1 AS surface_flag, 'x.h5' AS "GEDI Filename", TIMESTAMP '2020-01-01' AS acquisition_time, rowid FROM v)`
        await writeTable(database, { from, orderBy: 'rowid' }, file)

        const lines = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(1)
        const parsed = lines.map((line) => {
          const [agbd, agbdSe, , , shot, delta] = line.split(';')
          return [Math.fround(Number(agbd)), Math.fround(Number(agbdSe)), Number(delta), BigInt(shot)]
        })
        expect(parsed).toEqual(values)

        await database.run('DROP TABLE IF EXISTS r')
        await importTable(database, file, 'r')
        const read = await database.rows(
          'SELECT agbd, agbd_se, delta_time, shot_number FROM r ORDER BY rowid',
          rowSchema,
        )
        expect(read.map((row) => Object.values(row))).toEqual(values)
      }),
      { numRuns: 60 },
    )
  })
})
