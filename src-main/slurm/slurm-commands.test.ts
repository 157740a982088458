import { expect, test } from 'vitest'
import { readAccounting, readControl, readQueue } from './slurm-commands'

// Lines as Slurm 22.05 prints them.
test('squeue tells the tasks of arrays and single jobs', () => {
  const text = ['8|0|RUNNING|None', '8|1|PENDING|Resources', '9|N/A|PENDING|Dependency', ''].join('\n')
  expect(readQueue(text)).toEqual([
    { job: 8, task: 0, state: 'RUNNING', reason: '' },
    { job: 8, task: 1, state: 'PENDING', reason: 'Resources' },
    { job: 9, task: null, state: 'PENDING', reason: 'Dependency' },
  ])
})

test('scontrol tells each task by the number of its array, also several on a line', () => {
  const text = [
    'JobId=12 ArrayJobId=8 ArrayTaskId=0 JobName=gedi-train JobState=FAILED Reason=NonZeroExitCode Dependency=(null)',
    'JobId=8 ArrayJobId=8 ArrayTaskId=2-3,5%2 JobName=gedi-train JobState=PENDING Reason=None',
    'JobId=9 JobName=gedi-fuse-train JobState=CANCELLED Reason=DependencyNeverSatisfied',
  ].join('\n')
  expect(readControl(text)).toEqual([
    { job: 8, task: 0, state: 'FAILED', reason: 'NonZeroExitCode' },
    ...[2, 3, 5].map((task) => ({ job: 8, task, state: 'PENDING', reason: '' })),
    { job: 9, task: null, state: 'CANCELLED', reason: 'DependencyNeverSatisfied' },
  ])
})

test('sacct tells states without who cancelled', () => {
  const text = ['8_0|COMPLETED|None', '8_[3-4]|CANCELLED by 0|None', '9|TIMEOUT|TimeLimit'].join('\n')
  expect(readAccounting(text)).toEqual([
    { job: 8, task: 0, state: 'COMPLETED', reason: '' },
    { job: 8, task: 3, state: 'CANCELLED', reason: '' },
    { job: 8, task: 4, state: 'CANCELLED', reason: '' },
    { job: 9, task: null, state: 'TIMEOUT', reason: 'TimeLimit' },
  ])
})
