import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SAMPLE_DIR } from '../../e2e/tools'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { readTile } from '../explore/tile-fixture'
import { combine, ingestAll, newFolder, type Combined } from '../footprints/combine-fixture'
import type { IngestedGranule } from '../footprints/granule-overlap'
import { quietContext } from '../process/context'
import { EXPLORE_RUNNERS } from './explore-jobs'
import { JOBS, type JobInput, type JobOutput } from './schemas'

type Name = keyof typeof EXPLORE_RUNNERS

/** Runs a job as the worker does, input and output checked. */
async function run<Job extends Name>(job: Job, input: JobInput<Job>): Promise<JobOutput<Job>> {
  const runner = EXPLORE_RUNNERS[job] as (input: unknown, context: unknown) => Promise<unknown>
  const output = await runner(JOBS[job].input.parse(input), quietContext())
  // The schema of a job's output is that of its own output type.
  return JOBS[job].output.parse(output) as JobOutput<Job>
}

const filter = { settings: DEFAULT_SETTINGS, areaFile: null }
const WORLD_TILE = { z: 0, x: 0, y: 0, dropped: false }

describe('explore jobs', () => {
  let limits = { memoryMb: 256, tempDirectory: '' }
  let granules: IngestedGranule[] = []
  let tables: Combined
  const paths = { train: '', test: '' }
  beforeAll(async () => {
    const folder = await newFolder()
    limits = { memoryMb: 256, tempDirectory: join(folder, 'spill') }
    granules = await ingestAll([SAMPLE_DIR])
    tables = await combine(granules)
    for (const split of ['train', 'test'] as const) {
      paths[split] = join(folder, `${split}.csv`)
      await writeFile(paths[split], tables.tables[split])
    }
  })

  it('refuse before a layer is open', async () => {
    const refused = expect.objectContaining({ tag: 'not-ready' }) as Error
    await expect(run('explore-filter', filter)).rejects.toEqual(refused)
    await expect(run('explore-states', {})).rejects.toEqual(refused)
    for (const layer of ['footprints', 'subset'] as const) {
      await expect(run('explore-tile', { layer, ...WORLD_TILE })).rejects.toEqual(refused)
      await expect(run('explore-record', { layer, row: 0 })).rejects.toEqual(refused)
    }
  })

  it('filter, draw and tell of the footprints of granules', async () => {
    const opened = await run('explore-open', { from: 'granules', granules, ...limits })
    const { summary } = tables
    expect(opened.rows).toBe(summary.shots - summary.duplicates - summary.withoutPosition)
    const { train, test, kept } = await run('explore-filter', filter)
    expect([train, test]).toEqual([summary.train, summary.test])
    const { bytes } = await run('explore-tile', { layer: 'footprints', ...WORLD_TILE })
    const points = readTile(bytes)?.features ?? []
    expect(points).toHaveLength(kept)
    const row = points[0].id ?? -1
    const record = await run('explore-record', { layer: 'footprints', row })
    expect(record).toMatchObject({ state: 'kept', fails: [], subsetRow: null })
    expect(tables.shots[record.split ?? 'train']).toContain(record.shotNumber)
    await expect(run('explore-record', { layer: 'footprints', row: opened.rows })).rejects.toMatchObject({
      tag: 'not-ready',
    })
  })

  it('keep all footprints of given tables, whatever the settings', async () => {
    const { summary } = tables
    const opened = await run('explore-open', { from: 'combined', tables: paths, ...limits })
    expect(opened.rows).toBe(summary.train + summary.test)
    const settings = { ...DEFAULT_SETTINGS, maxRelativeStandardError: 0, minSensitivity: 1, trainYears: [] }
    const counts = await run('explore-filter', { settings, areaFile: null })
    expect(counts).toMatchObject({
      train: summary.train,
      test: summary.test,
      dropped: 0,
      missing: [],
      beams: [],
    })
    expect(counts.filters.every(({ active, removed }) => !active && removed === 0)).toBe(true)
    expect(counts.histograms.sensitivity).toMatchObject({ edges: [], absent: counts.total })
    const record = await run('explore-record', { layer: 'footprints', row: 0 })
    expect(tables.shots[record.split ?? 'train']).toContain(record.shotNumber)
    expect(record).toMatchObject({ sensitivity: null, beam: null, degradeFlag: null, state: 'kept' })
  })

  it('open a subset of one split beside the footprints', async () => {
    const none = { train: null, test: null }
    const subset = { tables: { ...paths, train: null }, noScene: none, records: none }
    const opened = await run('explore-open', { from: 'subset', ...subset, ...limits })
    expect(opened.rows).toBe(tables.summary.test)
    expect(await run('explore-states', {})).toEqual({
      waiting: opened.rows,
      done: 0,
      failed: 0,
      rejected: {},
    })
    const record = await run('explore-record', { layer: 'subset', row: 0 })
    expect(tables.shots.test.indexOf(record.shotNumber)).toBe(record.subsetRow)
    expect((await run('explore-filter', filter)).total).toBe(tables.summary.train + tables.summary.test)
  })

  it('say that an area file cannot be read', async () => {
    await run('explore-open', { from: 'granules', granules, ...limits })
    const settings = { ...DEFAULT_SETTINGS, area: 'area.geojson' }
    const areaFile = join(limits.tempDirectory, 'absent.geojson')
    await expect(run('explore-filter', { settings, areaFile })).rejects.toMatchObject({ tag: 'area-invalid' })
  })

  it('have no layer after one that could not be opened', async () => {
    const broken = { ...granules[0], parquet: join(limits.tempDirectory, 'absent.parquet') }
    await expect(
      run('explore-open', { from: 'granules', granules: [broken], ...limits }),
    ).rejects.toMatchObject({ tag: 'project-invalid', file: broken.parquet })
    await expect(run('explore-filter', filter)).rejects.toMatchObject({ tag: 'not-ready' })
  })

  it('count a table', async () => {
    const { rows, perDay, perMonth } = await run('distribution', { table: paths.train, ...limits })
    const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)
    expect([rows, sum(perDay), sum(perMonth)]).toEqual(Array(3).fill(tables.summary.train))
  })
})
