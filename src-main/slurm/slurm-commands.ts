import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { StudioError } from '../../src-shared/errors/studio-error'

const run = promisify(execFile)

/** Milliseconds after which a controller counts as gone. */
const PATIENCE_MS = 60_000

/** What Slurm says of jobs that it does not know any more; all other failures say nothing about jobs. */
const UNKNOWN_JOB = /Invalid job id/i

/** What a command printed. */
interface Printed {
  /** Exit status of the command. */
  status: number
  out: string
  err: string
}

/**
 * Runs a command of Slurm.
 * @throws StudioError `cluster-unavailable` where it is not there or the controller does not answer
 */
async function slurm(command: string, args: readonly string[]): Promise<Printed> {
  try {
    // Without this, lists of tasks end after 64 characters.
    const env = { ...process.env, SLURM_BITSTR_LEN: '0' }
    const { stdout, stderr } = await run(command, [...args], {
      timeout: PATIENCE_MS,
      maxBuffer: 1 << 28,
      env,
    })
    return { status: 0, out: stdout, err: stderr }
  } catch (cause) {
    const failed = cause as { code?: unknown; killed?: boolean; stdout?: unknown; stderr?: unknown }
    if (failed.code === 'ENOENT' || failed.code === 'EACCES') {
      throw new StudioError(
        'cluster-unavailable',
        `There is no Slurm here: the command ${command} is not found.`,
        {
          hint: 'Run this on a login node of a Slurm cluster, or print the scripts with "gedi-dataset slurm script".',
          cause,
        },
      )
    }
    const err = typeof failed.stderr === 'string' ? failed.stderr : ''
    if (failed.killed === true || /Unable to contact slurm controller|Connection refused/.test(err)) {
      throw new StudioError(
        'cluster-unavailable',
        `The controller of the cluster does not answer ${command}.`,
        {
          hint: 'Try again later; jobs that were submitted go on meanwhile.',
          context: { stderr: err.trim() },
          cause,
        },
      )
    }
    const out = typeof failed.stdout === 'string' ? failed.stdout : ''
    return { status: typeof failed.code === 'number' ? failed.code : 1, out, err }
  }
}

/**
 * What a question about jobs was answered with; empty where the cluster knows none of them any more.
 * @throws StudioError `cluster-unavailable` where the command failed otherwise: no answer is not "no jobs"
 */
export function answerOf(command: string, { status, out, err }: Printed): string {
  if (status === 0 || UNKNOWN_JOB.test(err)) return out
  throw new StudioError(
    'cluster-unavailable',
    `The cluster gives no answer to ${command}: ${err.trim().split('\n').at(-1) ?? ''}`,
    {
      hint: 'Whether tasks of the project run is not known until it does. Try again later; what runs goes on meanwhile.',
      context: { status, stderr: err.trim() },
    },
  )
}

/** Asks about jobs. @throws StudioError `cluster-unavailable` */
async function ask(command: string, args: readonly string[]): Promise<string> {
  return answerOf(command, await slurm(command, args))
}

/**
 * Submits a script.
 * @returns the job's number
 * @throws StudioError `cluster-refused` with what sbatch says; `cluster-unavailable`
 */
export async function submitJob(script: string, options: readonly string[]): Promise<number> {
  const { status, out, err } = await slurm('sbatch', ['--parsable', ...options, script])
  const id = Number(/^(\d+)/.exec(out.trim())?.[1] ?? NaN)
  if (status === 0 && Number.isInteger(id)) return id
  throw new StudioError('cluster-refused', `Slurm refused the job: ${err.trim() || out.trim()}`, {
    file: script,
    hint: 'Change the setting that the message names (--slurm-partition, --slurm-account, --slurm-time …) and submit again.',
  })
}

/** Ends jobs; those that are over are passed by. @throws StudioError `cluster-unavailable` */
export async function cancelJobs(ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await ask('scancel', ids.map(String))
}

/** Numbers of the jobs, waiting or running, whose scripts lie in a folder. @throws StudioError `cluster-unavailable` */
export async function jobsOfScripts(folder: string): Promise<number[]> {
  return readScripts(await ask('squeue', ['--noheader', '--me', '--format=%F|%o']), folder)
}

/** Numbers of jobs out of lines `job|script` of squeue, of those whose script lies in the folder. */
export function readScripts(text: string, folder: string): number[] {
  const ids = text.split('\n').flatMap((line) => {
    const match = /^(\d+)\|(.*)$/.exec(line)
    return match?.[2].startsWith(`${folder}/`) === true ? [Number(match[1])] : []
  })
  return [...new Set(ids)]
}

/** What Slurm knows of a task, or of a job without tasks (`task` null). */
export interface TaskState {
  job: number
  task: number | null
  /** In Slurm's words, such as PENDING, RUNNING, COMPLETED, FAILED, NODE_FAIL, TIMEOUT. */
  state: string
  /** Why it waits or failed; empty where Slurm does not say. */
  reason: string
}

/**
 * The states of the tasks of some jobs: from squeue those that the controller shows, from scontrol those of jobs that squeue
 * leaves out, from sacct, where there is accounting, what the controller has forgotten.
 * @throws StudioError `cluster-unavailable`
 */
export async function taskStates(ids: readonly number[]): Promise<TaskState[]> {
  if (ids.length === 0) return []
  const states = new Map<string, TaskState>()
  const take = (found: readonly TaskState[]): void => {
    for (const one of found) {
      const key = `${one.job} ${one.task ?? ''}`
      if (!states.has(key)) states.set(key, one)
    }
  }
  const queue = await ask('squeue', [
    '--noheader',
    '--array',
    `--jobs=${ids.join()}`,
    '--states=all',
    '--format=%F|%K|%T|%r',
  ])
  take(readQueue(queue))
  const seen = new Set([...states.values()].map(({ job }) => job))
  for (const id of ids.filter((one) => !seen.has(one))) {
    take(readControl(await ask('scontrol', ['--oneliner', 'show', 'job', String(id)])))
  }
  // The controller may have forgotten some tasks of an array, and still know others.
  const accounting = await slurm('sacct', [
    '--noheader',
    '--parsable2',
    '--allocations',
    `--jobs=${ids.join()}`,
    '--format=JobID,State,Reason',
  ]).catch(() => null)
  if (accounting?.status === 0) take(readAccounting(accounting.out))
  return [...states.values()]
}

/** Lines `job|task|state|reason` of squeue; a task of a job without any is N/A. */
export function readQueue(text: string): TaskState[] {
  return text.split('\n').flatMap((line) => {
    const [job, task, state, reason] = line.split('|')
    if (!/^\d+$/.test(job)) return []
    return [
      {
        job: Number(job),
        task: /^\d+$/.test(task) ? Number(task) : null,
        state,
        reason: reason === 'None' ? '' : reason,
      },
    ]
  })
}

/** Lines of `scontrol --oneliner show job`. */
export function readControl(text: string): TaskState[] {
  return text.split('\n').flatMap((line) => {
    const field = (name: string): string => new RegExp(`(?:^| )${name}=(\\S*)`).exec(line)?.[1] ?? ''
    const job = Number(field('ArrayJobId') || field('JobId'))
    if (!Number.isInteger(job) || job === 0) return []
    const reason = field('Reason')
    return tasksOf(field('ArrayTaskId')).map((task) => ({
      job,
      task,
      state: field('JobState'),
      reason: reason === 'None' ? '' : reason,
    }))
  })
}

/** Lines `12_3|COMPLETED|None` of sacct. */
export function readAccounting(text: string): TaskState[] {
  return text.split('\n').flatMap((line) => {
    const [id, state, reason] = line.split('|')
    const match = /^(\d+)(?:_(\d+|\[[^\]]+\]))?$/.exec(id)
    if (match === null) return []
    const word = state.split(' ')[0]
    return tasksOf(match.at(2) ?? '').map((task) => ({
      job: Number(match[1]),
      task,
      state: word,
      reason: reason === 'None' ? '' : reason,
    }))
  })
}

/** `3`, `0-5,8%2` or nothing, as the numbers of tasks; null stands for a job without tasks. */
function tasksOf(text: string): (number | null)[] {
  const plain = text.replace(/[[\]]/g, '').replace(/%\d+$/, '')
  if (!/^\d/.test(plain)) return [null]
  return plain.split(',').flatMap((part) => {
    const [from, to = from] = part.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
}
