import { describe, expect, it } from 'vitest'
import type { ReviewMark } from '../../src-shared/review/marks'
import { excludedSince, marksOfSplit, reviewReport, unmatchedLine } from './left-out-samples'

const markOf = (change: Partial<ReviewMark>): ReviewMark => ({
  split: 'train',
  batch: 0,
  row: 0,
  shotNumber: '1',
  mark: 'exclude',
  reasons: [],
  time: '2026-01-02T03:04:05.678Z',
  batchFile: { bytes: 10, key: 'k' },
  ...change,
})
const records = [
  { batch: 0, bytes: 10, key: 'k' },
  { batch: 1, bytes: 20, key: 'k' },
]

describe('the marks of a split', () => {
  const marks = [
    markOf({ batch: 1, row: 4, batchFile: { bytes: 20, key: 'k' }, reasons: ['cloud'] }),
    markOf({ row: 5 }),
    markOf({ row: 2, reasons: ['cloud', 'haze'] }),
    markOf({ row: 3, mark: 'keep' }),
    markOf({ split: 'test', row: 1 }),
    markOf({ batch: 1, row: 6 }),
    markOf({ row: 7, batchFile: { bytes: 10, key: 'older' }, mark: 'keep' }),
    markOf({ batch: 2, row: 8 }),
  ]
  const found = marksOfSplit(marks, 'train', records)

  it('exclude samples of batches that are still the same; others are named', () => {
    expect(found.excluded.map(({ batch, row }) => [batch, row])).toEqual([
      [0, 2],
      [0, 5],
      [1, 4],
    ])
    expect(found.unmatched.map(({ batch, row, because }) => [batch, row, because])).toEqual([
      [1, 6, 'batch'],
      [0, 7, 'batch'],
      [2, 8, 'batch'],
    ])
  })

  it('are reported by reason, without samples that were others', () => {
    const report = reviewReport(found, { samples: 9, excluded: [], unmatched: ['train/0/5'] })
    expect(report).toMatchObject({ excluded: 2, reasons: { cloud: 2, haze: 1 } })
    expect(report?.reasons).not.toHaveProperty('none')
    expect(report?.unmatched.map(({ row, because }) => [row, because])).toContainEqual([5, 'shot'])
    const none = marksOfSplit([markOf({ mark: 'keep' })], 'train', records)
    expect(reviewReport(none, { samples: 9, excluded: [], unmatched: [] })).toBeNull()
  })

  it('that do not apply are told in one line, the first of them by name', () => {
    expect(unmatchedLine([])).toBeNull()
    expect(unmatchedLine(found.unmatched.slice(0, 1))).toBe(
      '1 mark of the review does not apply: train batch 1, row 6, shot 1: the batch is another now',
    )
    const many = Array.from({ length: 7 }, () => found.unmatched[0])
    expect(unmatchedLine(many)).toMatch(/^7 marks of the review do not apply: .*; and 2 more$/)
  })
})

it.each([
  [[], [], null],
  [['a'], ['a'], null],
  [[], ['a', 'b', 'c'], '3 samples excluded since'],
  [['a', 'b'], ['b'], '1 sample taken back in since'],
  [['a'], ['b', 'c'], '2 samples excluded, 1 sample taken back in since'],
])('what changed from %j to %j is %j', (before, now, words) => {
  expect(excludedSince(before, now)).toBe(words)
})
