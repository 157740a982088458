import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src-shared/run/events'
import { StudioError } from '../../src-shared/errors/studio-error'
import { RunProgress } from './run-progress'

const batch = (more: Partial<Extract<RunEvent, { kind: 'batch' }>> = {}): RunEvent => ({
  kind: 'batch',
  split: 'train',
  batch: 0,
  fresh: true,
  samples: 2,
  rejected: { slope: 1 },
  failures: [],
  bytesRead: 1000,
  requests: 12,
  retries: 2,
  bytesReceived: 1100,
  ...more,
})

describe('the state of a run', () => {
  it('counts what became of the footprints, batch by batch', () => {
    const progress = new RunProgress('batch', 0)
    progress.apply({ kind: 'planned', split: 'train', asked: 10, noScene: 3, failures: [] }, 0)
    progress.apply(batch(), 1000)
    progress.apply(
      batch({ batch: 1, rejected: { slope: 1, 'scl-cloud': 1 }, samples: 1, fresh: false }),
      2000,
    )
    const { funnel, newest, bytes } = progress.state('running', 2000)
    expect(funnel.train).toEqual({
      asked: 10,
      rejected: { 'no-scene': 3, slope: 2, 'scl-cloud': 1 },
      failed: 0,
      samples: 3,
    })
    expect(newest.map(({ batch: number, row }) => `${number}/${row}`)).toEqual(['1/0', '0/1', '0/0'])
    // Batches that were found done cost this run nothing.
    expect(bytes).toBe(1000)
  })

  it('collapses failures of one kind into a line', () => {
    const progress = new RunProgress('batch', 0)
    const error = new StudioError('raster-unreadable', 'Gone.', { hint: '', file: 'b.tif' }).toJSON()
    progress.apply(batch({ failures: [{ error, footprints: 2 }] }), 0)
    progress.apply(batch({ batch: 1, failures: [{ error, footprints: 3 }] }), 0)
    expect(progress.state('running', 0).failures).toEqual([{ error, footprints: 5 }])
  })

  it('tells how long a step takes from its rate', () => {
    const progress = new RunProgress('combine', 0)
    progress.apply({ kind: 'step-started', step: 'combine', what: 'train' }, 0)
    progress.apply({ kind: 'progress', step: 'combine', done: 100, total: 400, unit: 'shots' }, 1000)
    const state = progress.state('running', 1000)
    expect(state.step).toEqual({ step: 'combine', what: 'train', done: 100, total: 400, unit: 'shots' })
    expect(state.etaSeconds).toBeCloseTo(3)
    progress.apply({ kind: 'step-done', step: 'combine', what: '', seconds: 4 }, 4000)
    expect(progress.state('running', 4000).step).toBeNull()
  })

  it('shows what each worker does, and how many batches it has finished', () => {
    const progress = new RunProgress('batch', 0)
    const lane = (done: number, what: string | null = 'train batch 3'): RunEvent => ({
      kind: 'worker',
      worker: 1,
      what,
      done,
      total: 25,
    })
    for (const done of [0, 10, 25]) progress.apply(lane(done), 0)
    progress.apply(lane(0, null), 0)
    const { workers } = progress.state('running', 0)
    expect(workers).toHaveLength(2)
    expect(workers[1]).toMatchObject({ what: null, finished: 1 })
  })
})
