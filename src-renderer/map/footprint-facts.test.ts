import { expect, it } from 'vitest'
import type { ExploreRecord } from '../../src-shared/explore/record'
import { footprintFacts } from './footprint-facts'

const record = (change: Partial<ExploreRecord>): ExploreRecord => ({
  shotNumber: '83310320000090474',
  lon: 9.00217,
  lat: -47.99778,
  agbd: 382.46,
  agbdSe: 86.74,
  relativeStandardError: 0.2268,
  beam: 'BEAM0011',
  time: '2020-06-07T04:11:09Z',
  granule: 'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5',
  sensitivity: 0.9491,
  solarElevation: null,
  l2Quality: 1,
  l4Quality: 1,
  surface: 1,
  degradeFlag: 0,
  fails: [],
  split: 'train',
  subsetRow: null,
  state: 'kept',
  reason: null,
  ...change,
})
const fact = (name: string, change: Partial<ExploreRecord> = {}): string | undefined =>
  footprintFacts(record(change)).find((each) => each.name === name)?.value

it('says numbers with their units, and what is not known', () => {
  expect(fact('AGBD')).toBe('382.5 Mg/ha')
  expect(fact('Position')).toBe('47.99778° S, 9.00217° E')
  expect(fact('Acquired')).toBe('2020-06-07 04:11:09 UTC')
  expect(fact('Solar elevation')).toBe('not known')
})

it.each([
  [{}, 'Kept, train'],
  [{ state: 'dropped', fails: ['l2-quality', 'years'], split: null }, 'Dropped: L2 quality flag, Years'],
  [{ state: 'done', split: 'test' }, 'Cut, test'],
  [{ state: 'rejected', reason: 'slope' }, 'Rejected: A centre pixel is steeper than the limit.'],
] satisfies [Partial<ExploreRecord>, string][])('%j reads "%s"', (change, words) => {
  expect(fact('State', change)).toBe(words)
})

it('names the row only of a footprint that is in the subset', () => {
  expect(fact('Row in the subset')).toBeUndefined()
  expect(fact('Row in the subset', { subsetRow: 1204 })).toBe((1204).toLocaleString())
})

it('says where the split is that of the year only', () => {
  const [state] = footprintFacts(record({}), true)
  expect(state.value).toBe('Kept, train by year')
})
