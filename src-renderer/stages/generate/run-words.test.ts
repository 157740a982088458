import { expect, it } from 'vitest'
import type { Funnel, RunState } from '../../../src-shared/api/run-state'
import type { StageState } from '../../../src-shared/api/stages'
import { runWords } from './run-words'

const nothing: Funnel = { asked: 0, rejected: {}, failed: 0, samples: 0 }
const run = (train: Partial<Funnel>, change: Partial<RunState> = {}): RunState => ({
  status: 'idle',
  until: null,
  started: null,
  finished: null,
  finishing: false,
  step: null,
  rate: null,
  samplesPerSecond: null,
  bytesPerSecond: null,
  etaSeconds: null,
  requests: 0,
  retries: 0,
  bytes: 0,
  workers: [],
  funnel: { train: { ...nothing, ...train }, test: nothing },
  newest: [],
  skipped: [],
  skippedTotal: 0,
  failures: [],
  error: null,
  ...change,
})
const stage = (state: StageState['state'], change: Partial<StageState> = {}): StageState => ({
  state,
  result: null,
  staleBecause: null,
  restartFrom: null,
  error: null,
  ...change,
})

it('a project without sources has nothing to start', () => {
  expect(runWords(run({}), stage('empty'))).toMatchObject({ title: 'Nothing to cut from yet', start: null })
})

it('a run that was cancelled goes on with Start', () => {
  const words = runWords(
    run({ asked: 90, samples: 20, rejected: { slope: 10 } }, { status: 'cancelled' }),
    stage('ready'),
  )
  expect(words).toEqual({
    title: 'Cancelled',
    text: '20 samples are cut, 60 footprints wait. Start goes on where the run stopped.',
    start: 'Start',
  })
})

it('where only failed footprints are left, these are cut again', () => {
  const words = runWords(run({ asked: 30, samples: 25, failed: 5 }, { status: 'done' }), stage('ready'))
  expect(words).toMatchObject({ title: '5 footprints failed', start: 'Cut what failed again' })
})

it('stale samples are said to be of earlier settings', () => {
  const words = runWords(
    run({}),
    stage('stale', { staleBecause: 'Filter changed since', restartFrom: 'combine' }),
  )
  expect(words).toMatchObject({ title: 'Filter changed since.', start: 'Start' })
})

it('a finished run tells how long it took and leads on', () => {
  const words = runWords(
    run({ asked: 30, samples: 30 }, { status: 'done', started: 1000, finished: 241_000 }),
    stage('done'),
  )
  expect(words).toEqual({
    title: 'All 30 samples cut',
    text: 'The run took 4 min. Look at them in Review, or put them together in Fuse.',
    start: null,
  })
})
