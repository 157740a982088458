import { describe, expect, it } from 'vitest'
import type { RunState } from '../../src-shared/api/run-state'
import { jobWords } from './job-words'

const run = (given: Partial<RunState>): RunState => ({
  status: 'running',
  until: 'batch',
  started: 0,
  finished: null,
  finishing: false,
  step: { step: 'batch', what: 'train', done: 41_200, total: 118_000, unit: 'footprints' },
  rate: 311.7,
  samplesPerSecond: null,
  bytesPerSecond: null,
  etaSeconds: 246,
  requests: 0,
  retries: 0,
  bytes: 0,
  workers: [],
  funnel: {
    train: { asked: 0, rejected: {}, failed: 0, samples: 0 },
    test: { asked: 0, rejected: {}, failed: 0, samples: 0 },
  },
  newest: [],
  skipped: [],
  skippedTotal: 0,
  failures: [],
  error: null,
  ...given,
})

describe('the running job', () => {
  it('is told with its step, amount, rate and time left', () => {
    expect(jobWords(run({}))).toEqual({
      label: 'Cutting samples',
      amount: '41,200 / 118,000 footprints',
      speed: '312/s, 4 min',
    })
  })

  it('tells bytes in their own units', () => {
    const step = { step: 'ingest', what: '', done: 1.5e9, total: 6e9, unit: 'bytes' } as const
    expect(jobWords(run({ step, rate: 2.5e7, etaSeconds: null }))).toMatchObject({
      amount: '1.5 GB of 6 GB',
      speed: '25 MB/s',
    })
  })

  it('says no rate while it is held', () => {
    expect(jobWords(run({ status: 'paused' }))).toMatchObject({ label: 'Paused', speed: '' })
  })

  it('is starting before its first step', () => {
    expect(jobWords(run({ step: null, rate: null, etaSeconds: null })).label).toBe('Starting')
  })
})
