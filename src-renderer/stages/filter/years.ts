import type { Split } from '../../../src-shared/footprint/footprint'
import type { Settings } from '../../../src-shared/settings/settings'
import type { FilterChange } from './filter-settings'

type Years = Pick<Settings, 'trainYears' | 'testYears'>

/** The split that a year of acquisition goes to; null: none. */
export function splitOf(year: number, { trainYears, testYears }: Years): Split | null {
  if (trainYears.includes(year)) return 'train'
  return testYears.includes(year) ? 'test' : null
}

/** The change that puts a year into a split, or into none. */
export function withYear({ trainYears, testYears }: Years, year: number, split: Split | null): FilterChange {
  const years = (of: readonly number[], isIts: boolean): number[] =>
    [...of.filter((other) => other !== year), ...(isIts ? [year] : [])].toSorted((a, b) => a - b)
  return { trainYears: years(trainYears, split === 'train'), testYears: years(testYears, split === 'test') }
}
