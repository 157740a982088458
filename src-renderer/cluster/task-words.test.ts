import { expect, test } from 'vitest'
import type { ClusterTask } from '../../src-shared/api/cluster-state'
import { plainState, slurmWords, taskName, tasksInShort } from './task-words'

function task(change: Partial<ClusterTask>): ClusterTask {
  const active = ['PENDING', 'RUNNING', 'COMPLETING'].includes(change.state ?? '')
  const batches = { first: 0, last: 3, done: 0 }
  return {
    job: 8,
    task: 1,
    kind: 'array',
    split: 'train',
    state: '',
    reason: '',
    active,
    unfinished: !active,
    batches,
    ...change,
  }
}

test('states are told in plain words beside those of Slurm', () => {
  expect(plainState(task({ state: 'PENDING', reason: 'Priority' }))).toBe('waits for a free node')
  expect(plainState(task({ state: 'PENDING', reason: 'Dependency' }))).toBe('waits for the jobs before it')
  expect(plainState(task({ state: 'TIMEOUT', reason: 'TimeLimit' }))).toBe('ran out of time')
  expect(plainState(task({ state: 'COMPLETED' }))).toBe('ended, footprints stay open')
  expect(plainState(task({ state: 'UNKNOWN', unfinished: false }))).toBe('all done')
  expect(plainState(task({ state: 'UNKNOWN' }))).toBe('ended, Slurm has forgotten how')
  expect(plainState(task({ state: '' }))).toBe('not known')
  expect(slurmWords(task({ state: 'PENDING', reason: 'Priority' }))).toBe('PENDING (Priority)')
  expect([taskName(task({})), taskName(task({ task: null }))]).toEqual(['8_1', '8'])
})

test('tasks are counted in one line, and it says what to do when they are over', () => {
  const [runs, waits] = [task({ state: 'RUNNING' }), task({ state: 'PENDING' })]
  expect(tasksInShort({ tasks: [runs, waits, waits] }).title).toBe('1 task runs, 2 wait')
  expect(tasksInShort({ tasks: [waits] }).title).toBe('1 task waits')
  expect(tasksInShort({ tasks: [runs, runs] }).title).toBe('2 tasks run')
  const done = task({ state: 'COMPLETED', unfinished: false })
  expect(tasksInShort({ tasks: [done, task({ state: 'FAILED' })] }).title).toBe('1 task left something to do')
  expect(tasksInShort({ tasks: [done] }).title).toBe('All tasks are done')
})
