import type { ClusterState, ClusterTask } from '../../src-shared/api/cluster-state'
import { counted } from '../../src-shared/wording/counted'

/** What a task that is over, or about to be, is said to be; Slurm's word itself stands beside it. */
const STATES: Readonly<Record<string, string>> = {
  RUNNING: 'runs',
  CONFIGURING: 'its node is made ready',
  COMPLETING: 'is ending',
  SUSPENDED: 'is held',
  STOPPED: 'is held',
  REQUEUED: 'will be started anew',
  CANCELLED: 'was cancelled',
  FAILED: 'failed',
  TIMEOUT: 'ran out of time',
  DEADLINE: 'ran out of time',
  OUT_OF_MEMORY: 'ran out of memory',
  NODE_FAIL: 'lost its node',
  BOOT_FAIL: 'lost its node',
  PREEMPTED: 'made room for others',
  REVOKED: 'was cancelled',
}

/** Why a task waits. */
const WAITS: Readonly<Record<string, string>> = {
  Dependency: 'waits for the jobs before it',
  DependencyNeverSatisfied: 'cannot start, a job before it failed',
  JobArrayTaskLimit: 'waits until others of its array have ended',
  BeginTime: 'waits to be started anew',
  JobHeldUser: 'is held',
  JobHeldAdmin: 'is held',
}

/** A task's state in plain words. */
export function plainState({ state, reason, kind, unfinished, active }: ClusterTask): string {
  if (state === '') return 'not known'
  if (state === 'PENDING') return WAITS[reason] ?? 'waits for a free node'
  if (!active && kind === 'array' && !unfinished) return 'all done'
  if (state === 'CANCELLED' && reason === 'DependencyNeverSatisfied')
    return 'was cancelled, a job before it failed'
  if (state === 'COMPLETED') return unfinished ? 'ended, footprints stay open' : 'all done'
  if (state === 'UNKNOWN') return 'ended, Slurm has forgotten how'
  return STATES[state] ?? (active ? 'is on the cluster' : 'ended')
}

/** Slurm's own words: its state, and the reason where it gives one. */
export function slurmWords({ state, reason }: ClusterTask): string {
  if (state === '' || state === 'UNKNOWN') return '–'
  return reason === '' ? state : `${state} (${reason})`
}

/** A task by its number, as Slurm's commands take it. */
export function taskName({ job, task }: ClusterTask): string {
  return task === null ? String(job) : `${job}_${task}`
}

/** "3 wait", or null for none. */
function inNumber(count: number, one: string, more: string): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? one : more}`
}

/** Tasks that wait and run in one line; what is to be done where they are over. */
export function tasksInShort({ tasks }: Pick<ClusterState, 'tasks'>): { title: string; text: string } {
  const active = tasks.filter((task) => task.active)
  const waiting = active.filter(({ state }) => state === 'PENDING').length
  const running = active.length - waiting
  if (active.length > 0) {
    const parts = [inNumber(running, 'runs', 'run'), inNumber(waiting, 'waits', 'wait')]
    const [first = '', ...others] = parts.filter((part) => part !== null)
    return {
      title: [first.replace(' ', first.startsWith('1 ') ? ' task ' : ' tasks '), ...others].join(', '),
      text: 'What they finish appears here and below within seconds. Closing the window does not touch them.',
    }
  }
  const unfinished = tasks.filter((task) => task.unfinished).length
  if (tasks.some(({ state }) => state === ''))
    return { title: 'The cluster does not tell', text: 'What is finished on disk is counted all the same.' }
  if (unfinished > 0) {
    return {
      title: `${counted(unfinished, 'task')} left something to do`,
      text: 'What is finished stays. Submit hands the cluster only what is left.',
    }
  }
  return { title: 'All tasks are done', text: 'Look at the samples in Review, and at the datasets in Fuse.' }
}
