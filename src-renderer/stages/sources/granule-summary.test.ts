import { describe, expect, it } from 'vitest'
import type { GranuleRow } from '../../../src-shared/api/inspection'
import { allProblems, granuleTotals } from './granule-summary'

const granule = (given: Partial<GranuleRow>): GranuleRow => ({
  name: 'GEDI04_A_x.h5',
  path: '/gedi/GEDI04_A_x.h5',
  bytes: 2e8,
  acquired: '2020-06-07T04:11:09Z',
  orbit: 8356,
  shots: null,
  problem: null,
  ...given,
})
const problem = { tag: 'granule-unreadable', message: 'Truncated.', hint: '', context: {} } as const

describe('the granules of the inputs', () => {
  it('are summed up with their days, whatever their order', () => {
    const granules = [granule({ acquired: '2021-05-01T00:00:00Z' }), granule({})]
    expect(granuleTotals({ granules, problems: [] })).toEqual([
      '2 granules',
      '2020-06-07 to 2021-05-01',
      '400 MB',
      'shots not counted yet',
    ])
  })

  it('say how many of them the shots are of', () => {
    const granules = [granule({ shots: 1200 }), granule({})]
    expect(granuleTotals({ granules, problems: [] }).at(-1)).toBe('1,200 shots in the 1 read so far')
    expect(granuleTotals({ granules: [granule({ shots: 1 })], problems: [] }).at(-1)).toBe('1 shot')
  })

  it('have problems of their own beside those of other files', () => {
    const granules = [granule({ problem }), granule({})]
    expect(allProblems({ granules, problems: [problem] })).toHaveLength(2)
    expect(granuleTotals({ granules: [], problems: [problem] })).toEqual([])
  })
})
