import { expect, it } from 'vitest'
import { doneWords, leftWords, percentDone, rateWords, secondsTaken } from './progress-words'

const step = { step: 'batch', what: '4 batches', done: 250, total: 1000, unit: 'footprints' } as const

it('the step under way is told in its own unit', () => {
  expect(percentDone({ step })).toBe(25)
  expect(doneWords({ step })).toBe(`250 of ${(1000).toLocaleString()} footprints`)
  expect(rateWords({ step, rate: 312.4 })).toBe('312 footprints/s')
  expect(leftWords({ etaSeconds: 240 })).toBe('4 min left')
})

it('nothing is told that is not known yet', () => {
  const begun = { ...step, done: 0, total: 0 }
  expect([percentDone({ step: null }), percentDone({ step: begun })]).toEqual([0, 0])
  expect([doneWords({ step: null }), doneWords({ step: begun })]).toEqual([null, null])
  expect([rateWords({ step, rate: null }), leftWords({ etaSeconds: null })]).toEqual([null, null])
})

it('a run takes time until it is finished, and none where the clocks differ', () => {
  expect(secondsTaken({ started: 1000, finished: null }, 31_000)).toBe(30)
  expect(secondsTaken({ started: 1000, finished: 11_000 }, 99_000)).toBe(10)
  expect(secondsTaken({ started: 5000, finished: null }, 4000)).toBe(0)
})
