import { expect, it } from 'vitest'
import { countMarks, reasonsInOrder, reviewFileSchema, type ReviewMark } from './marks'

const mark: ReviewMark = {
  split: 'train',
  batch: 0,
  row: 3,
  shotNumber: '83310200200123456',
  mark: 'exclude',
  reasons: ['haze', 'cloud'],
  time: '2026-01-02T03:04:05.678Z',
  batchFile: { bytes: 12, key: 'abc' },
}

it('a sample that is excluded for several reasons counts once, and under each reason', () => {
  const counts = countMarks([
    mark,
    { mark: 'exclude', reasons: ['cloud'] },
    { mark: 'exclude', reasons: [] },
    { mark: 'keep', reasons: [] },
  ])
  expect(counts).toEqual({ keep: 1, exclude: 3, reasons: { haze: 1, cloud: 2, none: 1 } })
  expect(reasonsInOrder(counts)).toEqual([
    { reason: 'cloud', count: 2 },
    { reason: 'haze', count: 1 },
    { reason: 'none', count: 1 },
  ])
})

it('a file of marks is taken as it is, and not with a mark, a reason or a shot number of another kind', () => {
  const file = (change: object): object => ({ formatVersion: 1, marks: [{ ...mark, ...change }] })
  expect(reviewFileSchema.parse(file({}))).toEqual(file({}))
  for (const change of [{ mark: 'maybe' }, { reasons: ['rain'] }, { shotNumber: 12 }, { row: -1 }])
    expect(reviewFileSchema.safeParse(file(change)).success, JSON.stringify(change)).toBe(false)
})
