import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { optionalTool, PYTHON } from '../../e2e/tools'
import type { PatchFilters } from '../../src-shared/patches/patch-filters'
import {
  patchListRequestSchema,
  type PatchListRequest,
  type PatchPage,
} from '../../src-shared/patches/patch-list'
import { SUSPECT_RULE_NAMES } from '../../src-shared/patches/suspects'
import { quietContext } from '../process/context'
import { readPatchDetail } from './patch-detail'
import { PatchList } from './patch-list'
import { SampleFiles } from './sample-files'
import { drawThumbnails } from './thumbnails'

const rows = z.array(z.int())
const factsSchema = z.object({
  suspects: z.record(z.string(), rows),
  passing: z.record(z.string(), rows),
  relativeError: rows,
  blue: z.number(),
  agbd: z.array(z.number()),
  shots: z.array(z.string()),
  pixel: rows,
  terrain: z.array(z.number()),
})

/** Written and computed by h5py and numpy alone. */
let facts: z.infer<typeof factsSchema>
let folder: string
const files = new SampleFiles({ limit: 2, idle: 1000 })
const list = new PatchList(files)
const signal = new AbortController().signal

describe.skipIf(!optionalTool('h5py'))('files of other programs', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'foreign-'))
    const script = resolve(import.meta.dirname, 'foreign_files.py')
    facts = factsSchema.parse(JSON.parse(execFileSync(PYTHON, [script, folder], { encoding: 'utf8' })))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const path = (name: string): string => join(folder, `${name}.h5`)
  const page = (name: string, request: Partial<PatchListRequest> = {}): Promise<PatchPage> =>
    list.page(patchListRequestSchema.parse({ files: [path(name)], partly: true, ...request }), quietContext())
  const rowsOf = ({ samples }: PatchPage): number[] => samples.map(({ row }) => row)

  it('are read whatever their chunks, LZF, and strings', async () => {
    const { samples, files: listed, faults } = await page('lzf')
    expect(faults).toEqual([])
    expect(samples.map(({ shotNumber }) => shotNumber)).toEqual(facts.shots)
    expect(samples.map(({ agbd }) => agbd)).toEqual(facts.agbd)
    const missing = listed[0].missing.map((line) => line.split(':')[0])
    expect(missing).toHaveLength(17 - 9)
    expect(missing).toContain('AGBD Raster')
    const detail = await readPatchDetail(files, { file: path('lzf'), row: 59, partly: true })
    expect(detail.bands.map(({ values }) => values[31 * 32 + 30])).toEqual(facts.pixel)
    const { altitude, slope } = await readPatchDetail(files, { file: path('lzf'), row: 58, partly: true })
    expect([altitude, slope].map((values) => values[17 * 32 + 20])).toEqual(facts.terrain)
    expect(detail.biomass.every((value) => value === null)).toBe(true)
    expect(detail).toMatchObject({ split: null, centre: null, epsg: null })
  })

  it('are no batches, where datasets have to be whole', async () => {
    const answer = await page('lzf', { partly: false })
    expect(answer).toMatchObject({ total: 0, faults: [{ tag: 'dataset-invalid', file: path('lzf') }] })
  })

  it('may keep datasets at the root, in other types and without axes of length one', async () => {
    const { samples, faults, files: listed } = await page('other-types')
    expect([faults, listed[0].missing.length]).toEqual([[], 17 - 4])
    expect(samples.map(({ shotNumber }) => shotNumber)).toEqual(facts.shots)
    expect(samples.map(({ agbd }) => agbd)).toEqual(facts.agbd)
    expect(samples[0]).toMatchObject({ lat: null, agbdSe: null, product: '', cloudShare: null, slope: null })
    const { bands } = await readPatchDetail(files, { file: path('other-types'), row: 59, partly: true })
    expect(bands.map(({ values }) => values[31 * 32 + 30])).toEqual(facts.pixel)
  })

  it('open without what has another shape or another number of samples, and say so', async () => {
    const { samples, files: listed } = await page('ten-bands')
    expect(samples).toHaveLength(60)
    expect(samples[0].agbd).toBeNull()
    expect(listed[0].missing).toContain('Sentinel-2 L2A: has the shape N,10,32,32 instead of N,12,32,32')
    expect(listed[0].missing).toContain('AGBD Values: has 59 samples, others have 60')
  })

  it('are refused where they have none of the datasets', async () => {
    expect(await page('none')).toMatchObject({ total: 0, faults: [{ tag: 'dataset-invalid' }] })
    const text = path('text')
    writeFileSync(text, 'no HDF5')
    expect(await page('text')).toMatchObject({ total: 0, faults: [{ tag: 'hdf5-open', file: text }] })
  })

  it('show all but the damaged patch, which is marked', async () => {
    const request = { file: path('damaged'), rows: [11, 12, 13], partly: true }
    const drawn = await drawThumbnails(files, { ...request, preset: 'true-colour', stretch: 'fixed' }, signal)
    expect(drawn.images.map((image) => image === null)).toEqual([false, true, false])
    expect(drawn.faults).toMatchObject([{ row: 12, error: { tag: 'hdf5-read' } }])
    const { samples, faults, total } = await page('damaged', { filters: { suspects: ['unreadable'] } })
    expect([faults, total, samples[0].row]).toEqual([[], 1, 12])
    expect(samples[0].suspects).toEqual([{ rule: 'unreadable', value: 1 }])
  })

  it.each(SUSPECT_RULE_NAMES.filter((rule) => rule !== 'unreadable'))(
    'have the suspects that numpy finds by the rule %s',
    async (rule) => {
      expect(facts.suspects[rule].length).toBeGreaterThan(0)
      expect(rowsOf(await page('lzf', { filters: { suspects: [rule] } }))).toEqual(facts.suspects[rule])
    },
  )

  it('are measured a little at a time until all rules are counted', async () => {
    const fresh = new PatchList(files)
    const request = { files: [path('lzf')], partly: true, budget: 1e-9 }
    expect(await fresh.measure(request, signal)).toEqual({ done: 0, total: 60, counts: null })
    const { done, counts } = await fresh.measure({ ...request, budget: 1e6 }, signal)
    expect(done).toBe(60)
    for (const [rule, hits] of Object.entries(facts.suspects))
      expect(counts, rule).toHaveProperty(rule, hits.length)
  })

  it('come suspects first, those of most rules before all others, with what was measured', async () => {
    const { samples } = await page('lzf', { order: 'suspects' })
    const hits = samples.map(({ suspects }) => suspects?.length ?? 0)
    expect(samples[0].row).toBe(3)
    expect(hits).toEqual(hits.toSorted((a, b) => b - a))
    const offset = samples.find(({ row }) => row === 8)
    expect(offset?.suspects).toEqual([{ rule: 'offset', value: expect.closeTo(facts.blue, 6) as unknown }])
  })

  it.each([
    ['agbd', { agbd: { low: 10, high: 30 } }],
    ['relativeError', { relativeError: { low: null, high: 0.25 } }],
    ['cloudShare', { cloudShare: { low: 0.1, high: null } }],
    ['slope', { slope: { low: 20, high: 30 } }],
    ['landCover', { landCover: [10, 60] }],
    ['product', { product: 't32tmt' }],
    ['sceneDate', { sceneDate: { from: '2020-03-09', to: '2020-07-09' } }],
  ] satisfies [string, PatchFilters][])('are filtered as numpy does by %s', async (name, filters) => {
    const answer = await page('lzf', { filters })
    const expected = facts.passing[name]
    expect(expected.length % 60).toBeGreaterThan(0)
    expect(rowsOf(answer)).toEqual(expected)
    expect([answer.total, answer.of]).toEqual([expected.length, 60])
  })

  it('are filtered, put in order and found at the same time', async () => {
    const chosen = new Set(facts.passing.agbd)
    const expected = facts.relativeError.filter((row) => chosen.has(row))
    const out = facts.relativeError.find((row) => !chosen.has(row)) ?? -1
    const find = [expected[4], out].map((row) => ({ file: path('lzf'), row }))
    const answer = await page('lzf', {
      ...{ filters: { agbd: { low: 10, high: 30 } }, order: 'relativeError', offset: 2, limit: 5, find },
    })
    expect(rowsOf(answer)).toEqual(expected.slice(2, 7))
    expect(answer.found).toEqual([4, null])
  })

  it('show only rows that were chosen elsewhere, or all others', async () => {
    const named = [{ file: path('lzf'), rows: [4, 9, 33] }]
    expect(rowsOf(await page('lzf', { rows: { keep: true, rows: named } }))).toEqual([4, 9, 33])
    const others = await page('lzf', { rows: { keep: false, rows: named } })
    expect([others.total, rowsOf(others).some((row) => [4, 9, 33].includes(row))]).toEqual([57, false])
  })
})
