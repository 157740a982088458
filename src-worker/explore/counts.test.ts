import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  filterCountsSchema,
  type FilterCounts,
  type HistogramName,
} from '../../src-shared/explore/filter-counts'
import { EXPLORE_FILTERS, type ExploreFilter } from '../../src-shared/explore/filter-names'
import type { ExploreRecord } from '../../src-shared/explore/record'
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings'
import { quietContext } from '../process/context'
import { FootprintLayer } from './footprint-layer'
import { allRecords, filterSettings, roughWorld } from './layer-fixture'

const apply = (layer: FootprintLayer, settings: Settings): Promise<FilterCounts> =>
  layer.apply(settings, null, quietContext())

/** Whether a record passes all filters but one. */
const but =
  (filter: ExploreFilter) =>
  ({ fails }: ExploreRecord): boolean =>
    fails.every((name) => name === filter)
const kept = ({ fails }: ExploreRecord): boolean => fails.length === 0
const all = (): boolean => true

describe('the numbers of the Filter step', () => {
  const world = roughWorld(800, 5)

  it('depend on the settings, not on the way to them', async () => {
    const layer = new FootprintLayer(await world)
    await fc.assert(
      fc.asyncProperty(fc.array(filterSettings, { minLength: 1, maxLength: 5 }), async (settings) => {
        let counts = await apply(layer, settings[0])
        for (const next of settings.slice(1)) counts = await apply(layer, next)
        const fresh = new FootprintLayer(await world)
        const expected = await apply(fresh, settings[settings.length - 1])
        expect({ ...counts, revision: 0 }).toEqual({ ...expected, revision: 0 })
        expect(allRecords(layer)).toEqual(allRecords(fresh))
      }),
      { numRuns: 40 },
    )
  })

  it('are the same after small steps of one setting, which are counted one by one', async () => {
    const layer = new FootprintLayer(await world)
    const steps = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 2, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(filterSettings, steps, async (settings, limits) => {
        let counts = await apply(layer, settings)
        let last = settings
        for (const limit of limits) {
          last = { ...settings, maxRelativeStandardError: limit / 100, minAgbd: limit, maxAgbd: null }
          await apply(layer, { ...last, minAgbd: settings.minAgbd })
          counts = await apply(layer, last)
        }
        const expected = await apply(new FootprintLayer(await world), last)
        expect({ ...counts, revision: 0 }).toEqual({ ...expected, revision: 0 })
      }),
      { numRuns: 30 },
    )
  })

  it('are what counting the footprints one by one gives', async () => {
    const layer = new FootprintLayer(await world)
    await fc.assert(
      fc.asyncProperty(filterSettings, async (settings) => {
        const counts = await apply(layer, settings)
        expect(filterCountsSchema.parse(counts)).toEqual(counts)
        const records = allRecords(layer)
        const number = (matches: (record: ExploreRecord) => boolean): number => records.filter(matches).length
        const ofSplit = (split: string) => (record: ExploreRecord) => kept(record) && record.split === split
        expect(counts).toMatchObject({
          ...{ total: records.length, kept: number(kept), dropped: records.length - number(kept) },
          ...{ train: number(ofSplit('train')), test: number(ofSplit('test')) },
        })
        for (const [place, { name, removed, alone }] of counts.filters.entries()) {
          expect(name).toBe(EXPLORE_FILTERS[place])
          expect(removed).toBe(number(({ fails }) => fails.includes(name)))
          expect(alone).toBe(number((record) => record.fails.length === 1 && record.fails[0] === name))
        }
        expectHistograms(counts, records)
        expectGroups(counts, records)
        expectFlags(counts, records)
      }),
      { numRuns: 40 },
    )
  })

  it('tell by their revision when footprints have come or gone', async () => {
    const layer = new FootprintLayer(await world)
    const first = await apply(layer, DEFAULT_SETTINGS)
    expect((await apply(layer, { ...DEFAULT_SETTINGS, maxSlope: 3 })).revision).toBe(first.revision)
    const swapped = { trainYears: DEFAULT_SETTINGS.testYears, testYears: DEFAULT_SETTINGS.trainYears }
    const second = await apply(layer, { ...DEFAULT_SETTINGS, ...swapped })
    expect(second.revision).toBeGreaterThan(first.revision)
    expect([second.train, second.test]).toEqual([first.test, first.train])
    const other = await apply(new FootprintLayer(await world), DEFAULT_SETTINGS)
    expect(other.revision).toBeGreaterThan(second.revision)
  })

  it('are there without any footprint', async () => {
    const counts = await apply(new FootprintLayer(await roughWorld(0, 1)), DEFAULT_SETTINGS)
    expect(filterCountsSchema.parse(counts)).toMatchObject({
      total: 0,
      kept: 0,
      days: null,
      years: [],
      beams: [],
    })
    expect(counts.histograms.agbd).toMatchObject({ edges: [], all: [], kept: [] })
  })
})

function expectHistograms({ histograms }: FilterCounts, records: readonly ExploreRecord[]): void {
  const valueOf: Record<HistogramName, [ExploreFilter, (record: ExploreRecord) => number | null]> = {
    'relative-standard-error': ['relative-standard-error', (record) => record.relativeStandardError],
    agbd: ['agbd-range', ({ agbd }) => agbd],
    sensitivity: ['sensitivity', ({ sensitivity }) => sensitivity],
    'solar-elevation': ['daylight', ({ solarElevation }) => solarElevation],
  }
  for (const name of Object.keys(valueOf) as HistogramName[]) {
    const [filter, value] = valueOf[name]
    const { edges, absent, ...histogram } = histograms[name]
    const count = (matches: (record: ExploreRecord) => boolean): number[] => {
      const bins = edges.slice(1).map(() => 0)
      for (const record of records.filter(matches)) {
        const v = value(record)
        if (v === null) continue
        const bin = edges.findLastIndex((edge) => edge <= v)
        bins[Math.min(bin, bins.length - 1)]++
      }
      return bins
    }
    expect(histogram).toMatchObject({ all: count(all), others: count(but(filter)), kept: count(kept) })
    expect(absent).toBe(records.filter((record) => value(record) === null).length)
  }
}

function expectGroups(counts: FilterCounts, records: readonly ExploreRecord[]): void {
  const group = (of: (record: ExploreRecord) => string | number | null, filter: ExploreFilter): unknown[] => {
    const groups = new Set(records.map(of).filter((key) => key !== null))
    return [...groups].sort().map((key) => {
      const count = (matches: (record: ExploreRecord) => boolean): number =>
        records.filter((record) => of(record) === key && matches(record)).length
      return [key, count(all), count(but(filter)), count(kept)]
    })
  }
  const shares = (share: { all: number; others: number; kept: number }, key: unknown): unknown[] => [
    key,
    ...[share.all, share.others, share.kept],
  ]
  expect(counts.beams.map((share) => shares(share, share.beam))).toEqual(group(({ beam }) => beam, 'beams'))
  expect(counts.degradeFlags.map((share) => shares(share, share.value))).toEqual(
    group(({ degradeFlag }) => degradeFlag, 'degrade-flag'),
  )
  expect(counts.years.map((share) => shares(share, share.year))).toEqual(
    group(({ time }) => Number(time.slice(0, 4)), 'years'),
  )
  const { days } = counts
  if (days === null) throw new Error('there are days')
  const listed = days.all.map((_, index) => {
    const day = new Date(Date.parse(days.first) + index * 86_400_000).toISOString().slice(0, 10)
    return [day, days.all[index], days.others[index], days.kept[index]]
  })
  expect(listed[0][1]).toBeGreaterThan(0)
  expect(listed.filter(([, rows]) => rows !== 0)).toEqual(group(({ time }) => time.slice(0, 10), 'dates'))
}

function expectFlags({ flags }: FilterCounts, records: readonly ExploreRecord[]): void {
  const count = (filter: ExploreFilter, passes: (record: ExploreRecord) => boolean): unknown => {
    const others = records.filter(but(filter))
    const pass = others.filter(passes).length
    return { pass, fail: others.length - pass }
  }
  expect(flags).toEqual({
    l2: count('l2-quality', ({ l2Quality }) => l2Quality === 1),
    l4: count('l4-quality', ({ l4Quality }) => l4Quality === 1),
    surface: count('surface', ({ surface }) => surface === 1),
    positive: count('agbd-positive', ({ agbd }) => agbd !== null && agbd > 0),
  })
}
