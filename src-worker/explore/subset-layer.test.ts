import { mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { ExploreRecord } from '../../src-shared/explore/record'
import { rejectedState, STATES } from '../../src-shared/explore/states'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import type { RejectionReason } from '../../src-shared/footprint/rejection'
import { newFolder } from '../footprints/combine-fixture'
import { TABLE_HEADER } from '../footprints/write-table'
import { countersSchema, type BatchRecord } from '../jobs/schemas'
import { quietContext } from '../process/context'
import { loadTables } from './load-tables'
import { SubsetLayer } from './subset-layer'
import { readTile } from './tile-fixture'

/** Rows of the train table; the test table has one. */
const ROWS = 40
const FIRST_SHOT = 83310020000090071n
const GRANULE = 'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5'

/** Position of a row of a table: anywhere, so that the order on the map is not that of the table. */
const lon = (row: number): number => 9 + ((row * 7) % ROWS) / 100

function table(rows: number, time: string): string {
  const lines = Array.from(
    { length: rows },
    (_, row) =>
      `${100.5 + row};12.25;${lon(row)};48;${FIRST_SHOT + BigInt(row)};7.5;1;1;1;${GRANULE};${time}`,
  )
  return [TABLE_HEADER, ...lines, ''].join('\n')
}

function batch(number: number, outcome: Partial<BatchRecord>): string {
  const counters = countersSchema.parse({ blocksNeeded: 0, blocksDecoded: 0, bytesRead: 0 })
  const record: BatchRecord = {
    ...{ formatVersion: 1, key: 'k', split: 'train', batch: number, bytes: 1, counters, seconds: 1 },
    ...{ samples: [], checksums: null, rejections: [], failures: [], ...outcome },
  }
  return JSON.stringify(record)
}

const rejection = (index: number, reason: RejectionReason): BatchRecord['rejections'][number] => ({
  index,
  shotNumber: String(FIRST_SHOT + BigInt(index)),
  reason,
})

describe('the footprints of a subset', () => {
  let folder = ''
  let layer: SubsetLayer
  const signal = new AbortController().signal
  const refresh = (): ReturnType<SubsetLayer['refresh']> => layer.refresh(signal)
  const record = (name: string): string => join(folder, 'records', 'train', name)

  /** The record of a row of a table. */
  function recordOf(row: number, split: Split = 'train'): ExploreRecord {
    const found = [...layer.map.rows.keys.keys()]
      .map((place) => layer.record(place))
      .find((candidate) => candidate.split === split && candidate.subsetRow === row)
    if (found === undefined) throw new Error(`row ${row} of ${split} is not there`)
    return found
  }

  beforeAll(async () => {
    folder = await newFolder()
    const path = (split: Split): string => join(folder, `${split}.csv`)
    await writeFile(path('train'), table(ROWS, '2020-06-07T04:11:09Z'))
    await writeFile(path('test'), table(1, '2021-12-31T23:59:59Z'))
    for (const split of SPLITS) await mkdir(join(folder, 'records', split), { recursive: true })
    const options = { memoryMb: 128, threads: 1, tempDirectory: join(folder, 'spill') }
    const at = (name: string): Record<Split, string> => ({
      train: join(folder, name, 'train'),
      test: join(folder, name, 'test'),
    })
    const files = {
      noScene: { train: join(folder, 'no_scene.csv'), test: null },
      records: { train: at('records').train, test: join(folder, 'absent') },
    }
    const world = await loadTables({ train: path('train'), test: path('test') }, options, quietContext())
    layer = new SubsetLayer(world, files, options)
  })

  it('wait at first, each in its place, split and row', async () => {
    expect(await refresh()).toEqual({ waiting: ROWS + 1, done: 0, failed: 0, rejected: {} })
    expect(layer.map.opened()).toEqual({
      rows: ROWS + 1,
      bounds: { west: 9, south: 48, east: lon(17), north: 48 },
    })
    for (let row = 0; row < ROWS; row++) {
      expect(recordOf(row)).toMatchObject({
        ...{ shotNumber: String(FIRST_SHOT + BigInt(row)), lon: lon(row), agbd: 100.5 + row, agbdSe: 12.25 },
        ...{ state: 'waiting', reason: null, granule: GRANULE, time: '2020-06-07T04:11:09Z', fails: [] },
      })
    }
    expect(recordOf(0, 'test')).toMatchObject({ lon: 9, time: '2021-12-31T23:59:59Z', beam: null })
    expect(() => layer.record(ROWS + 1)).toThrow(expect.objectContaining({ tag: 'not-ready' }) as Error)
  })

  it('are done, rejected or failed as the records of batches come in', async () => {
    const revision = layer.map.rows.revision
    await writeFile(
      record('batch_10_0.json'),
      batch(0, { samples: [3, 1], rejections: [rejection(2, 'slope')] }),
    )
    expect(await refresh()).toEqual({ waiting: ROWS - 2, done: 2, failed: 0, rejected: { slope: 1 } })
    expect(layer.map.rows.revision).toBeGreaterThan(revision)
    const error = new StudioError('raster-unreadable', 'x', { hint: '' }).toJSON()
    const footprints = [{ index: 5, shotNumber: '5' }]
    await writeFile(record('batch_10_1.json'), batch(1, { samples: [4], failures: [{ error, footprints }] }))
    // Written, but not finished; or of a subset that had more rows.
    await writeFile(record('batch_10_2.json.part'), batch(2, { samples: [6] }))
    await writeFile(record('batch_10_3.json'), batch(3, { samples: [7] }).slice(0, 50))
    await writeFile(record('batch_10_4.json'), batch(4, { samples: [1000] }))
    expect(await refresh()).toEqual({ waiting: ROWS - 4, done: 3, failed: 1, rejected: { slope: 1 } })
    expect([1, 2, 3, 4, 5, 6].map((row) => [recordOf(row).state, recordOf(row).reason])).toEqual([
      ['done', null],
      ['rejected', 'slope'],
      ['done', null],
      ['done', null],
      ['failed', null],
      ['waiting', null],
    ])
    const before = layer.map.rows.revision
    await refresh()
    expect(layer.map.rows.revision).toBe(before)
  })

  it('have no scene where the plan says so, by their shot numbers', async () => {
    const shots = [0, 9, 39].map((row) => `${FIRST_SHOT + BigInt(row)},train,no-scene`)
    await writeFile(join(folder, 'no_scene.csv'), ['shot_number,split,reason', ...shots, ''].join('\n'))
    expect(await refresh()).toMatchObject({ rejected: { 'no-scene': 3, slope: 1 } })
    expect([0, 9, 39].map((row) => recordOf(row).reason)).toEqual(['no-scene', 'no-scene', 'no-scene'])
    expect(recordOf(0, 'test').state).toBe('waiting')
  })

  it('show their states on the map', () => {
    const tile = readTile(layer.map.tile({ z: 0, x: 0, y: 0 }, false))
    expect(tile?.name).toBe('points')
    const states = new Map<unknown, number>()
    for (const { id, properties } of tile?.features ?? []) {
      states.set(properties.state, (states.get(properties.state) ?? 0) + 1)
      const { state, reason, split } = layer.record(id ?? -1)
      const code = reason === null ? STATES[state as 'waiting'] : rejectedState(reason)
      expect(properties).toMatchObject({
        state: code,
        split: split === 'train' ? 1 : 2,
        doy: split === 'train' ? 159 : 365,
      })
    }
    expect(Object.fromEntries(states)).toEqual({
      [STATES.waiting]: ROWS - 8 + 1,
      [STATES.done]: 3,
      [STATES.failed]: 1,
      [rejectedState('slope')]: 1,
      [rejectedState('no-scene')]: 3,
    })
  })

  it('are looked at anew when a record is written again or is gone', async () => {
    await writeFile(record('batch_10_1.json'), batch(1, { samples: [4, 5] }))
    await utimes(record('batch_10_1.json'), new Date(), new Date(Date.now() + 5000))
    expect(await refresh()).toMatchObject({ done: 4, failed: 0, rejected: { 'no-scene': 3, slope: 1 } })
    await rm(record('batch_10_0.json'))
    expect(await refresh()).toEqual({ waiting: ROWS - 4, done: 2, failed: 0, rejected: { 'no-scene': 3 } })
    expect(recordOf(2).state).toBe('waiting')
  })

  it('stop being read when the work is cancelled', async () => {
    await writeFile(record('batch_10_5.json'), batch(5, { samples: [8] }))
    await expect(layer.refresh(AbortSignal.abort())).rejects.toMatchObject({ tag: 'cancelled' })
    expect(await refresh()).toMatchObject({ done: 3 })
  })
})
