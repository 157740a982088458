import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MarkedSample, ReviewState } from '../../src-shared/review/marks'
import { projectPaths } from '../project/project-paths'
import { loadReview } from '../project/review-file'
import { ReviewMarks } from './review-marks'

const SIZE = 10
let folder: string
let reviews: ReviewMarks[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-marks-'))
  reviews = []
})
afterEach(async () => {
  // What is still being written would be put into the folder while it is taken away.
  await Promise.allSettled(reviews.map((review) => review.saved()))
  rmSync(folder, { recursive: true, force: true })
})

/** Writes a batch, of which only its size and its record matter here. */
function batch(number: number, key: string, bytes: number): void {
  const paths = projectPaths(folder)
  const [file, record] = [paths.batch('train', SIZE, number), paths.batchRecord('train', SIZE, number)]
  for (const path of [file, record]) mkdirSync(dirname(path), { recursive: true })
  writeFileSync(file, Buffer.alloc(bytes))
  const counters = { blocksNeeded: 0, blocksDecoded: 0, bytesRead: 0 }
  const rest = { samples: [], rejections: [], failures: [], counters, seconds: 1 }
  writeFileSync(
    record,
    JSON.stringify({ formatVersion: 1, key, split: 'train', batch: number, bytes, ...rest }),
  )
}

function opened(): ReviewMarks {
  const review = new ReviewMarks(
    projectPaths(folder),
    () => SIZE,
    () => undefined,
  )
  reviews.push(review)
  return review
}
const samples = (...rows: number[]): MarkedSample[] =>
  rows.map((row) => ({ split: 'train', batch: 0, row, shotNumber: `10${row}` }))

async function stateOf(review: ReviewMarks): Promise<ReviewState> {
  for await (const state of review.watch(undefined)) return state
  throw new Error('no state')
}

const marked = ({ marks }: ReviewState): string[] =>
  marks.map(({ row, mark, reasons }) => [row, mark, ...reasons].join(' '))

describe('the marks of a project', () => {
  it('tell what undo and redo would do, after every change', async () => {
    batch(0, 'k', 100)
    const review = opened()
    const told: string[] = []
    const end = review.followLabels(
      ({ undo, redo }) => void told.push([undo ?? 'none', redo ?? 'none'].join(' / ')),
    )
    await review.mark({ samples: samples(1, 2, 3), mark: 'exclude', reasons: null })
    await review.undo()
    end()
    await review.redo()
    expect(told).toEqual(['none / none', 'Exclude 3 samples / none', 'none / Exclude 3 samples'])
  })

  it('are undone and redone step by step, many samples at once, and kept', async () => {
    batch(0, 'k', 100)
    const review = opened()
    await review.mark({ samples: samples(1, 2, 3), mark: 'exclude', reasons: null })
    await review.mark({ samples: samples(2), mark: 'exclude', reasons: ['cloud', 'haze'] })
    await review.mark({ samples: samples(1, 4), mark: 'keep', reasons: null })
    expect(marked(await stateOf(review)).sort()).toEqual([
      '1 keep',
      '2 exclude cloud haze',
      '3 exclude',
      '4 keep',
    ])
    expect(await stateOf(review)).toMatchObject({
      undo: 'Keep 2 samples',
      redo: null,
      counts: { train: { keep: 2, exclude: 2, reasons: { cloud: 1, haze: 1, none: 1 } } },
    })
    await review.undo()
    await review.undo()
    expect(marked(await stateOf(review)).sort()).toEqual(['1 exclude', '2 exclude', '3 exclude'])
    expect(await stateOf(review)).toMatchObject({ undo: 'Exclude 3 samples', redo: 'Reasons of 1 sample' })
    await review.redo()
    expect(review.markOf({ split: 'train', batch: 0, row: 2 })).toBe('exclude')
    expect(review.markOf({ split: 'train', batch: 0, row: 4 })).toBeNull()
    await review.mark({ samples: samples(3), mark: null, reasons: null })
    expect((await stateOf(review)).redo).toBeNull()
    await review.saved()
    expect((await loadReview(projectPaths(folder))).map(({ row, reasons }) => [row, reasons])).toEqual([
      [1, []],
      [2, ['cloud', 'haze']],
    ])
    expect(marked(await stateOf(opened()))).toEqual(['1 exclude', '2 exclude cloud haze'])
  })

  it('of more samples than one request takes are one step', async () => {
    batch(0, 'k', 100)
    const review = opened()
    await review.mark({ samples: samples(1, 2), mark: 'exclude', reasons: null })
    await review.mark({ samples: samples(3), mark: 'exclude', reasons: null, joins: true })
    expect(await stateOf(review)).toMatchObject({ undo: 'Exclude 3 samples' })
    await review.undo()
    expect(await stateOf(review)).toMatchObject({ marks: [], undo: null, redo: 'Exclude 3 samples' })
    await review.redo()
    expect(marked(await stateOf(review))).toEqual(['1 exclude', '2 exclude', '3 exclude'])
  })

  it('that change nothing are no step; excluding again keeps the reasons', async () => {
    batch(0, 'k', 100)
    const review = opened()
    await review.mark({ samples: samples(1), mark: 'exclude', reasons: ['shadow'] })
    await review.mark({ samples: samples(1), mark: 'exclude', reasons: null })
    await review.mark({ samples: samples(7), mark: null, reasons: null })
    expect(await stateOf(review)).toMatchObject({ undo: 'Reasons of 1 sample' })
    await review.undo()
    expect(await stateOf(review)).toMatchObject({ undo: null, marks: [] })
  })

  it('do not apply to a batch that was cut again, come back with it, and can be forgotten', async () => {
    batch(0, 'k', 100)
    const review = opened()
    await review.mark({ samples: samples(1, 2), mark: 'exclude', reasons: null })
    batch(0, 'other', 100)
    await review.match()
    const state = await stateOf(review)
    expect(state).toMatchObject({ marks: [], unmatchedTotal: 2, counts: { train: { exclude: 0 } } })
    expect(state.unmatched[0]).toEqual({ ...samples(1)[0], mark: 'exclude', because: 'batch' })
    expect(review.markOf({ split: 'train', batch: 0, row: 1 })).toBeNull()
    batch(0, 'k', 100)
    await review.match()
    expect(await stateOf(review)).toMatchObject({ unmatchedTotal: 0, counts: { train: { exclude: 2 } } })
    // Its record is longer: files that are rewritten within a tick of the clock are told apart by that.
    batch(0, 'k', 1010)
    await review.match()
    await review.forgetUnmatched()
    expect(await stateOf(review)).toMatchObject({ unmatchedTotal: 0, undo: 'Forget 2 marks' })
    await review.saved()
    expect(await loadReview(projectPaths(folder))).toEqual([])
    await review.undo()
    expect(await stateOf(review)).toMatchObject({ marks: [], unmatchedTotal: 2 })
  })

  it('are refused while the batch is not finished, and then none is made', async () => {
    batch(0, 'k', 100)
    const review = opened()
    const both = [...samples(1), { split: 'train' as const, batch: 1, row: 0, shotNumber: '5' }]
    await expect(review.mark({ samples: both, mark: 'keep', reasons: null })).rejects.toMatchObject({
      tag: 'not-ready',
      message: 'The train batch 1 is not finished.',
    })
    expect(await stateOf(review)).toMatchObject({ marks: [], undo: null })
  })

  it('tell followers what changed, not all of it again', async () => {
    batch(0, 'k', 100)
    const review = opened()
    await review.mark({ samples: samples(1, 2), mark: 'keep', reasons: null })
    const stop = new AbortController()
    const states: ReviewState[] = []
    const following = (async () => {
      for await (const state of review.watch(stop.signal)) if (states.push(state) === 2) stop.abort()
    })()
    while (states.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    await review.mark({ samples: samples(2), mark: null, reasons: null })
    await following
    expect(states.map((state) => [state.fresh, marked(state)])).toEqual([
      [true, ['1 keep', '2 keep']],
      [false, ['2 ']],
    ])
  })

  it('of a newer version are neither shown nor overwritten', async () => {
    const file = projectPaths(folder).review
    writeFileSync(file, '{"formatVersion":99}')
    batch(0, 'k', 100)
    const review = opened()
    await expect(stateOf(review)).rejects.toMatchObject({ tag: 'project-invalid' })
    await expect(review.mark({ samples: samples(1), mark: 'keep', reasons: null })).rejects.toMatchObject({
      tag: 'project-invalid',
    })
    await expect(review.saved()).rejects.toMatchObject({ tag: 'project-invalid' })
  })
})
