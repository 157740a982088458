import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { arrayScript, word } from './job-script'

const PLACE = { folder: '/data/forests of 2020', logs: '/data/logs', program: 'gedi-dataset' }
const RANGE = { split: 'test', first: 10, count: 45 } as const

test('a script has a directive for each setting, and none for what is left to the cluster', () => {
  const settings = {
    ...DEFAULT_SETTINGS,
    slurmCores: 6,
    slurmMemory: 4096,
    slurmTime: '1-12:00:00',
    slurmPartition: 'compute',
    slurmDirectives: '--qos=long --constraint=avx2',
    slurmSetup: 'module load nodejs/20',
  }
  const lines = arrayScript(settings, PLACE, RANGE).split('\n')
  for (const directive of ['--cpus-per-task=6', '--mem=4096M', '--time=1-12:00:00', '--partition=compute'])
    expect(lines).toContain(`#SBATCH ${directive}`)
  for (const directive of ['--qos=long', '--constraint=avx2']) expect(lines).toContain(`#SBATCH ${directive}`)
  expect(lines).toContain('module load nodejs/20')
  expect(arrayScript(DEFAULT_SETTINGS, PLACE, RANGE)).not.toMatch(/--(time|partition|account|qos)/)
})

test('each task cuts its own batches, the last one as many as there are', () => {
  const settings = { ...DEFAULT_SETTINGS, slurmBatches: 20 }
  // The script as the shell reads it, with a program that only says how it was called.
  const script = arrayScript(settings, { ...PLACE, program: 'printf "%s|"' }, RANGE)
  const called = (task: number): string[] =>
    execFileSync('bash', ['-c', script], {
      encoding: 'utf8',
      env: { ...process.env, SLURM_ARRAY_TASK_ID: String(task), SLURM_JOB_ID: '8' },
    }).split('|')
  const index = (words: string[]): string => words[words.indexOf('--index') + 1]
  expect([0, 1, 2].map((task) => index(called(task)))).toEqual(['10-29', '30-49', '50-54'])
  expect(called(0)).toContain('/data/forests of 2020')
})

test('a task that is started anew writes under other temporary names than the try before', () => {
  const script = arrayScript(DEFAULT_SETTINGS, { ...PLACE, program: 'env | grep ^GEDI_ #' }, RANGE)
  const tried = (more: NodeJS.ProcessEnv): string =>
    execFileSync('bash', ['-c', script.replace('exec env', 'env')], {
      encoding: 'utf8',
      env: { ...process.env, SLURM_ARRAY_TASK_ID: '1', SLURM_JOB_ID: '12', ...more },
    })
  expect(tried({})).toBe('GEDI_DATASET_TRY=12-0\n')
  expect(tried({ SLURM_RESTART_COUNT: '2' })).toBe('GEDI_DATASET_TRY=12-2\n')
})

test('texts become one word of shell', () => {
  for (const text of ["it's here", 'a b', '$HOME', 'plain/path-1.h5', '"quoted"'])
    expect(execFileSync('bash', ['-c', `printf %s ${word(text)}`], { encoding: 'utf8' })).toBe(text)
})
