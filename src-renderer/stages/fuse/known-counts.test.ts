import { expect, it } from 'vitest'
import type { RunState } from '../../../src-shared/api/run-state'
import { countsToShow } from './known-counts'

const counts = (asked: number): RunState['funnel'] => {
  const none = { asked: 0, rejected: {}, failed: 0, samples: 0 }
  return { train: { ...none, asked }, test: none }
}

it('a run that has counted nothing yet leaves the counts from before it', () => {
  const before = counts(500)
  expect(countsToShow(counts(0), true, before)).toBe(before)
})

it('what the run counts takes their place, and so does an empty project', () => {
  const [before, some, none] = [counts(500), counts(20), counts(0)]
  expect(countsToShow(some, true, before)).toBe(some)
  expect(countsToShow(none, false, before)).toBe(none)
})
