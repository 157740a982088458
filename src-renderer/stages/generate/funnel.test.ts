import { describe, expect, it } from 'vitest'
import type { Funnel } from '../../../src-shared/api/run-state'
import { funnelRows, reasonOf, sumFunnels, waitingOf } from './funnel'

const train: Funnel = { asked: 100, rejected: { slope: 5, 'no-scene': 20 }, failed: 3, samples: 60 }
const test: Funnel = { asked: 50, rejected: { slope: 1, 'scl-cloud': 9 }, failed: 0, samples: 40 }

describe('the funnel', () => {
  it('of both splits is their sum', () => {
    expect(sumFunnels([train, test])).toEqual({
      asked: 150,
      rejected: { slope: 6, 'no-scene': 20, 'scl-cloud': 9 },
      failed: 3,
      samples: 100,
    })
  })

  it('goes from all footprints down to those that were cut, in the order of the checks', () => {
    const rows = funnelRows(sumFunnels([train, test]))
    expect(rows.map(({ label, count, after }) => [label, count, after])).toEqual([
      ['Waiting', 12, 138],
      ['No scene', 20, 118],
      ['Clouds', 9, 109],
      ['Too steep', 6, 103],
      ['Failed', 3, 100],
      ['Cut', 100, 0],
    ])
  })

  it('before a run has nothing but the line of what was cut', () => {
    const rows = funnelRows({ asked: 0, rejected: {}, failed: 0, samples: 0 })
    expect(rows.map(({ state, count }) => [state, count])).toEqual([['done', 0]])
  })

  it('never waits for fewer than no footprints', () => {
    expect(waitingOf({ asked: 0, rejected: {}, failed: 0, samples: 7 })).toBe(0)
  })
})

it('only rejections have a reason', () => {
  expect([reasonOf('scl-cloud'), reasonOf('done'), reasonOf('waiting')]).toEqual(['scl-cloud', null, null])
})
