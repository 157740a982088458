import { expect, test } from 'vitest'
import { answerOf, readAccounting, readControl, readQueue, readScripts } from './slurm-commands'

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

test('jobs of a project are known by where their scripts lie', () => {
  const text = [
    '8|/data/a/slurm/train.sh',
    '8|/data/a/slurm/train.sh',
    '9|/data/ab/slurm/train.sh',
    '7|(null)',
    '',
  ].join('\n')
  expect(readScripts(text, '/data/a/slurm')).toEqual([8])
})

// Lines of Slurm 22.05 with slurmdbd, of jobs that the controller had forgotten.
test('sacct tells what became of jobs that nobody else remembers', () => {
  const text = [
    '4|CANCELLED|None',
    '6|CANCELLED by 0|Dependency',
    '1_0|COMPLETED|None',
    '1_1|FAILED|None',
    '',
  ].join('\n')
  expect(readAccounting(text)).toEqual([
    { job: 4, task: null, state: 'CANCELLED', reason: '' },
    { job: 6, task: null, state: 'CANCELLED', reason: 'Dependency' },
    { job: 1, task: 0, state: 'COMPLETED', reason: '' },
    { job: 1, task: 1, state: 'FAILED', reason: '' },
  ])
})

// What was not recorded, as the documentation of sacct describes it.
test('sacct tells states without who cancelled, also of tasks that share a line', () => {
  const text = [
    '8_0|COMPLETED|None',
    '8_[3-4]|CANCELLED by 1000|None',
    '8_[6,8-9%2]|PENDING|JobArrayTaskLimit',
    '9|TIMEOUT|TimeLimit',
    '10_1|NODE_FAIL|NodeDown',
    '10_2|OUT_OF_MEMORY|None',
    '10_2.batch|OUT_OF_MEMORY|',
    '11+0|RUNNING|None',
    '',
  ].join('\n')
  expect(readAccounting(text)).toEqual([
    { job: 8, task: 0, state: 'COMPLETED', reason: '' },
    { job: 8, task: 3, state: 'CANCELLED', reason: '' },
    { job: 8, task: 4, state: 'CANCELLED', reason: '' },
    ...[6, 8, 9].map((task) => ({ job: 8, task, state: 'PENDING', reason: 'JobArrayTaskLimit' })),
    { job: 9, task: null, state: 'TIMEOUT', reason: 'TimeLimit' },
    { job: 10, task: 1, state: 'NODE_FAIL', reason: 'NodeDown' },
    { job: 10, task: 2, state: 'OUT_OF_MEMORY', reason: '' },
  ])
})

// What Slurm 22.05 says of a job that it has forgotten, and where it cannot be reached.
test('no answer is not the answer that no job is known', () => {
  const forgotten = { status: 1, out: '', err: 'slurm_load_jobs error: Invalid job id specified\n' }
  expect(answerOf('squeue', forgotten)).toBe('')
  expect(answerOf('squeue', { status: 0, out: '8|0|RUNNING|None\n', err: '' })).toBe('8|0|RUNNING|None\n')
  const err =
    'squeue: error: ClusterName needs to be specified\nsqueue: fatal: Unable to process configuration file\n'
  expect(() => answerOf('squeue', { status: 1, out: '', err })).toThrow(
    'The cluster gives no answer to squeue: squeue: fatal: Unable to process configuration file',
  )
})
