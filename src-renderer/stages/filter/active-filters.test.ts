import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '../../../src-shared/settings/settings'
import { activeFilters } from './active-filters'
import { FILTER_KEYS, RESET } from './filter-settings'

const chips = (change: Partial<Settings>): string[] =>
  activeFilters({ ...DEFAULT_SETTINGS, ...change }).map(({ label }) => label)

describe('active filters', () => {
  it('are none while all is as it begins', () => {
    expect(chips({})).toEqual([])
  })

  it.each([
    [{ minAgbd: 20 }, 'AGBD from 20 Mg/ha'],
    [{ minAgbd: 20, maxAgbd: 300 }, 'AGBD 20 to 300 Mg/ha'],
    [{ maxRelativeStandardError: 0.3 }, 'Relative standard error below 0.3'],
    [{ daylight: 'night' as const }, 'Night only'],
    [{ beams: ['coverage' as const, 'BEAM1011' as const] }, 'Beams coverage, 1011'],
    [{ requireL2Quality: false }, 'L2 quality flag: not asked'],
    [{ dateTo: '2020-09-30' }, 'Days up to 2020-09-30'],
    [{ bbox: [-5, 40, 10, 50] as [number, number, number, number] }, 'Box −5°, 40°, 10°, 50°'],
    [{ area: '/data/black-forest.geojson' }, 'Area black-forest.geojson'],
    [{ trainYears: [] }, 'Train no year'],
  ])('%j reads "%s"', (change, label) => {
    expect(chips(change)).toEqual([label])
  })

  it('are gone when each of them is brought back', () => {
    const changed: Settings = {
      ...DEFAULT_SETTINGS,
      minAgbd: 10,
      minSensitivity: 0.95,
      degradeFlags: [0],
      testYears: [2022],
    }
    const resets = activeFilters(changed).map(({ reset }) => reset)
    expect(resets).toHaveLength(4)
    expect(Object.assign({}, changed, ...resets)).toEqual(DEFAULT_SETTINGS)
  })

  it('and the reset cover every setting of the filter', () => {
    expect(Object.keys(RESET).toSorted()).toEqual([...FILTER_KEYS].toSorted())
  })
})
