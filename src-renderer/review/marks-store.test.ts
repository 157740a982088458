import { beforeEach, expect, it, vi } from 'vitest'
import type { MarkedSample, ReviewState } from '../../src-shared/review/marks'

const line = vi.hoisted(() => ({
  each: null as ((state: unknown) => void) | null,
  answers: [] as ((isDone: boolean) => void)[],
  requests: [] as unknown[],
}))
vi.mock('../connection/studio', () => ({
  follow: (_: unknown, each: (state: unknown) => void) => {
    line.each = each
    return Promise.resolve()
  },
}))
vi.mock('../stores/change', () => ({
  ask: async (work: (client: unknown) => Promise<unknown>) => {
    const mark = (request: unknown): Promise<void> => {
      line.requests.push(request)
      return Promise.resolve()
    }
    await work({ review: { mark } })
    return new Promise<boolean>((resolve) => line.answers.push(resolve))
  },
}))

const { followMarks, markOf, markSamples, useReviewMarks } = await import('./marks-store')

const sample = (row: number): MarkedSample => ({ split: 'train', batch: 0, row, shotNumber: `9${row}` })
const none = { keep: 0, exclude: 0, reasons: {} }

/** What the studio sends. */
function told(fresh: boolean, ...marks: ReviewState['marks']): void {
  const rest = { undo: null, redo: null, unmatched: [], unmatchedTotal: 0, recovered: null, error: null }
  line.each?.({ fresh, marks, counts: { train: none, test: none }, ...rest })
}

async function answered(isDone: boolean): Promise<void> {
  await vi.waitFor(() => expect(line.answers).not.toHaveLength(0))
  line.answers.shift()?.(isDone)
}

const at = { split: 'train', batch: 0 } as const

beforeEach(() => {
  line.requests.length = 0
  line.answers.length = 0
  followMarks()
})

it('a mark shows before the studio has answered, and is taken back where it was not made', async () => {
  told(true, { ...at, row: 1, mark: 'exclude', reasons: ['haze'] })
  const marking = markSamples([sample(1), sample(2)], 'exclude', null)
  expect([markOf(sample(1)), markOf(sample(2))]).toEqual([
    { mark: 'exclude', reasons: ['haze'] },
    { mark: 'exclude', reasons: [] },
  ])
  expect(useReviewMarks.getState().said).toBe('2 samples excluded')
  await answered(false)
  await marking
  expect([markOf(sample(1)), markOf(sample(2))]).toEqual([{ mark: 'exclude', reasons: ['haze'] }, null])
})

it('what the studio says of an earlier key does not undo what a later one shows', async () => {
  told(true)
  const marking = [markSamples([sample(1)], 'exclude', null), markSamples([sample(1)], null, null)]
  told(false, { ...at, row: 1, mark: 'exclude', reasons: [] }, { ...at, row: 5, mark: 'keep', reasons: [] })
  expect(markOf(sample(1))).toBeNull()
  expect(markOf(sample(5))).toEqual({ mark: 'keep', reasons: [] })
  await answered(true)
  await answered(true)
  await Promise.all(marking)
  told(false, { ...at, row: 1, mark: 'keep', reasons: [] })
  expect(markOf(sample(1))).toEqual({ mark: 'keep', reasons: [] })
})

it('more samples than one message holds are sent in several, as one step', async () => {
  const many = Array.from({ length: 8001 }, (_, row) => sample(row))
  const marking = markSamples(many, 'keep', null)
  await answered(true)
  await marking
  expect(line.requests).toMatchObject([{ joins: false }, { joins: true, samples: [sample(8000)] }])
})
