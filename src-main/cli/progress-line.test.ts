import { describe, expect, it } from 'vitest'
import { describeProgress } from './progress-line'

const progress = {
  kind: 'progress',
  step: 'batch',
  done: 41_200,
  total: 118_000,
  unit: 'footprints',
} as const

describe('the progress line', () => {
  it('tells step, done of total, share, rate and time left', () => {
    expect(describeProgress(progress, 312)).toBe(
      'Cutting samples: 41,200 of 118,000 footprints (34 %), 312/s, 4 min left',
    )
  })

  it.each([
    [2000, '2,000/s, 39 s left'],
    [1.26, '1.3/s, 16.9 h left'],
  ])('fits the time left to its size: %d/s', (rate, text) => {
    expect(describeProgress(progress, rate)).toContain(text)
  })

  it('has a noun that fits a single one', () => {
    const text = describeProgress({ ...progress, step: 'ingest', done: 0, total: 1, unit: 'granules' }, null)
    expect(text).toBe('Reading granules: 0 of 1 granule (0 %)')
  })

  it('leaves the rate out where there is none yet, and the share where there is nothing to do', () => {
    expect(describeProgress({ ...progress, done: 0, total: 0 }, null)).toBe(
      'Cutting samples: 0 of 0 footprints',
    )
  })
})
