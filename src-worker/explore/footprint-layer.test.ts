import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON, SAMPLE_DIR } from '../../e2e/tools'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { FilterCounts } from '../../src-shared/explore/filter-counts'
import { FILTER_NAMES } from '../../src-shared/explore/filter-names'
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings'
import {
  combine,
  ingestAll,
  ingested,
  NAME,
  NEWER,
  newFolder,
  type Combined,
} from '../footprints/combine-fixture'
import type { IngestedGranule } from '../footprints/granule-overlap'
import { quietContext } from '../process/context'
import { FootprintLayer } from './footprint-layer'
import { allRecords, filterSettings, roughBeams } from './layer-fixture'
import { loadGranules } from './load-granules'

const OTHERS = [
  'GEDI04_A_2019360080000_O05800_02_T00001_02_002_02_V002.h5',
  'GEDI04_A_2021001000000_O11600_02_T00002_02_002_02_V002.h5',
]

async function layerOf(granules: readonly IngestedGranule[]): Promise<FootprintLayer> {
  const options = { memoryMb: 256, threads: 1, tempDirectory: join(await newFolder(), 'spill') }
  return new FootprintLayer(await loadGranules(granules, options, quietContext()))
}

/** What combining makes of settings; nothing where it finds no usable granule. */
async function combined(
  granules: readonly IngestedGranule[],
  settings: Settings,
  areaGeoJson: string | undefined,
): Promise<Pick<Combined, 'shots' | 'summary'> | null> {
  try {
    return await combine(granules, settings, areaGeoJson === undefined ? {} : { areaGeoJson })
  } catch (thrown) {
    if (thrown instanceof StudioError && thrown.tag === 'no-granules') return null
    throw thrown
  }
}

/** Applies settings to a layer and checks that it keeps what combining keeps, each footprint in its split. */
async function expectAgreement(
  layer: FootprintLayer,
  granules: readonly IngestedGranule[],
  settings: Settings,
  areaGeoJson?: string,
): Promise<FilterCounts> {
  const counts = await layer.apply(settings, areaGeoJson ?? null, quietContext())
  const tables = await combined(granules, settings, areaGeoJson)
  const records = allRecords(layer).filter(({ state }) => state === 'kept')
  for (const split of ['train', 'test'] as const) {
    const kept = records.filter((record) => record.split === split).map(({ shotNumber }) => shotNumber)
    const expected = tables?.shots[split] ?? []
    expect(kept.toSorted()).toEqual(expected.toSorted())
    expect(counts[split]).toBe(expected.length)
  }
  expect(counts.train + counts.test).toBe(counts.kept)
  // Granules that combining leaves out are counted here, so only without these the losses can be compared.
  if (tables?.summary.leftOut.length === 0) {
    const first = new Map<string, number>()
    for (const { fails } of allRecords(layer)) {
      if (fails.length > 0) first.set(fails[0], (first.get(fails[0]) ?? 0) + 1)
    }
    const { filters, otherYears, duplicates, shots, withoutPosition } = tables.summary
    expect(FILTER_NAMES.map((name) => first.get(name) ?? 0)).toEqual(
      FILTER_NAMES.map((name) => filters.find((filter) => filter.name === name)?.removed ?? 0),
    )
    expect(first.get('years') ?? 0).toBe(otherYears.reduce((sum, year) => sum + year.shots, 0))
    expect(counts.total).toBe(shots - duplicates - withoutPosition)
  }
  return counts
}

describe('footprints under settings', () => {
  describe('granules with rough values, years, versions and missing columns', () => {
    let granules: IngestedGranule[] = []
    let layer: FootprintLayer
    beforeAll(async () => {
      granules = await Promise.all([
        ingested(NAME, roughBeams(1000n, 1)),
        // Half of the shots once more, in a newer version that lacks a column.
        ingested(NEWER, roughBeams(1060n, 2, 'sensitivity')),
        ingested(NEWER.replace('V003', 'V004'), roughBeams(1100n, 3, 'degrade_flag')),
        ingested(OTHERS[0], roughBeams(50_000n, 4)),
        ingested(OTHERS[1], roughBeams(90_000n, 5, 'solar_elevation')),
        ingested(OTHERS[1].replace('V002', 'V003'), roughBeams(90_010n, 6)),
      ])
      layer = await layerOf(granules)
    })

    it('are kept as combining keeps them, whatever the settings and the settings before', async () => {
      const kept = new Set<number>()
      await fc.assert(
        fc.asyncProperty(filterSettings, async (settings) => {
          kept.add((await expectAgreement(layer, granules, settings)).kept)
        }),
        { numRuns: 150 },
      )
      expect(kept.size).toBeGreaterThan(10)
    })

    it('are a constant number: each shot counts once, in the version that stands for it', async () => {
      const totals = new Set<number>()
      await fc.assert(
        fc.asyncProperty(filterSettings, async (settings) => {
          const counts = await layer.apply(settings, null, quietContext())
          totals.add(counts.total)
        }),
        { numRuns: 30 },
      )
      expect([...totals]).toEqual([2 * 220 + 2 * 120 + 2 * 130])
    })

    it('have the columns listed that granules lack', async () => {
      const { missing } = await layer.apply(DEFAULT_SETTINGS, null, quietContext())
      expect(missing).toEqual([
        { column: 'sensitivity', granules: 1, shots: 80 },
        { column: 'solar_elevation', granules: 1, shots: 20 },
        { column: 'degrade_flag', granules: 1, shots: 240 },
      ])
    })

    it('can be asked for by area', async () => {
      const ring = [
        [9, 47],
        [9.7, 47],
        [9.2, 49],
        [9, 47],
      ]
      const area = JSON.stringify({ type: 'Polygon', coordinates: [ring] })
      const settings = { ...DEFAULT_SETTINGS, area: 'area.geojson' }
      const first = await expectAgreement(layer, granules, settings, area)
      expect(first.filters.find(({ name }) => name === 'area')).toMatchObject({ active: true })
      const other = area.replaceAll('9.7', '9.9')
      expect((await expectAgreement(layer, granules, settings, other)).kept).toBeGreaterThan(first.kept)
      await expect(layer.apply(settings, '{}', quietContext())).rejects.toMatchObject({
        tag: 'area-invalid',
        file: 'area.geojson',
      })
      await expect(layer.apply(settings, null, quietContext())).rejects.toMatchObject({ tag: 'area-invalid' })
      expect((await layer.apply(DEFAULT_SETTINGS, null, quietContext())).kept).toBeGreaterThan(first.kept)
    })
  })

  it('of the sample are kept as combining keeps them', async () => {
    const granules = await ingestAll([SAMPLE_DIR])
    const layer = await layerOf(granules)
    const cases: Partial<Settings>[] = [
      {},
      { maxRelativeStandardError: 0.2 },
      { minAgbd: 50, maxAgbd: 150, beams: ['full-power'] },
      { minSensitivity: 0.95, daylight: 'night', degradeFlags: [0] },
      { bbox: [8, 47.9, 9.01, 48.05], dateFrom: '2020-07-01', requireL2Quality: false },
      { trainYears: [2021], testYears: [] },
    ]
    const kept = []
    for (const settings of cases) {
      kept.push((await expectAgreement(layer, granules, { ...DEFAULT_SETTINGS, ...settings })).kept)
    }
    expect(Math.min(...kept.slice(0, 4))).toBeGreaterThan(0)
  })

  const WORLD = resolve(import.meta.dirname, '../../../shared/world.py')
  it.skipIf(!optionalTool('rasterio') || !optionalTool('h5py') || !existsSync(WORLD))(
    'of a rough world (made by ../shared/world.py) are kept as combining keeps them',
    async () => {
      const folder = await newFolder()
      const size = ['--size', '120', '--shots', '60', '--scenes', '1']
      execFileSync(PYTHON, [WORLD, folder, '--seed', '7', ...size, '--rough'])
      const good = await sound(join(folder, 'gedi'))
      const layer = await layerOf(good)
      for (const settings of [{}, { maxRelativeStandardError: 0.15 }, { minSensitivity: 0.93 }]) {
        const counts = await expectAgreement(layer, good, { ...DEFAULT_SETTINGS, ...settings })
        expect(counts.kept).toBeGreaterThan(0)
      }
    },
  )
})

/** The granules of a folder that can be ingested. */
async function sound(folder: string): Promise<IngestedGranule[]> {
  const names = await readdir(folder)
  const found = await Promise.all(
    names.map((name) => ingestAll([join(folder, name)]).catch((): IngestedGranule[] => [])),
  )
  return found.flat()
}
