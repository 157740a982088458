import type { Split } from '../../src-shared/footprint/footprint'
import type { Project } from '../../src-shared/run/project'
import type { RejectionReason } from '../../src-shared/footprint/rejection'
import { summaryOf } from '../../src-worker/jobs/batch-job'
import type { ProjectPaths } from '../project/project-paths'
import { FORGOTTEN, isActive } from './active-tasks'
import { readJobs, type SlurmJob } from './jobs-file'
import { isDone, plannedProject, type PlannedProject } from './planned-project'
import { taskStates, type TaskState } from './slurm-commands'

/** How far a split is. */
export interface SplitStatus {
  split: Split
  batches: { total: number; done: number }
  samples: number
  rejected: Partial<Record<RejectionReason, number>>
  /** Footprints that stay open. */
  failed: number
}

/** A task with the batches that it cuts. */
export interface TaskStatus extends TaskState {
  kind: SlurmJob['kind']
  split: Split
  batches: { first: number; last: number; done: number } | null
}

export interface ClusterStatus {
  splits: SplitStatus[]
  /** Tasks that wait or run, and those that ended without doing all they had to. */
  tasks: TaskStatus[]
}

/** State of a task where the cluster cannot be asked. */
const NOT_KNOWN = ''

/**
 * What the files of a project and the cluster say of it.
 * @throws StudioError `usage` where it is not planned; `cluster-unavailable`
 */
export async function clusterStatus(paths: ProjectPaths, project: Project): Promise<ClusterStatus> {
  const planned = await plannedProject(paths, project)
  const jobs = await readJobs(paths.folder)
  const states = await taskStates(jobs.map(({ id }) => id))
  const tasks = latestTasks(planned, jobs, states)
  return {
    splits: splitStatuses(planned),
    tasks: tasks.filter((task) => isActive(task) || isUnfinished(task)),
  }
}

function doneOf({ records }: PlannedProject, first: number, last: number): number {
  return records.slice(first, last + 1).filter(isDone).length
}

/** How far the splits of a project are. */
function splitStatuses(planned: PlannedProject): SplitStatus[] {
  const { ranges, records } = planned
  return ranges.map(({ split, first, count }) => {
    const status: SplitStatus = {
      split,
      batches: { total: count, done: doneOf(planned, first, first + count - 1) },
      samples: 0,
      rejected: {},
      failed: 0,
    }
    for (const record of records.slice(first, first + count)) {
      if (record === null) continue
      const { samples, rejected, failed } = summaryOf(record)
      status.samples += samples
      status.failed += failed
      for (const [reason, times] of Object.entries(rejected) as [RejectionReason, number][])
        status.rejected[reason] = (status.rejected[reason] ?? 0) + times
    }
    return status
  })
}

/**
 * Tasks that wait or run, and of all others the last try.
 * @param states what the cluster says of the jobs; null where it could not be asked
 */
export function latestTasks(
  planned: PlannedProject,
  jobs: readonly SlurmJob[],
  states: readonly TaskState[] | null,
): TaskStatus[] {
  const tasks = jobs.flatMap((job): TaskStatus[] => {
    const ranges = new Map(job.kind === 'array' ? job.tasks.map((range) => [range.task, range]) : [])
    return statesOf(job, states).map((state) => {
      const range = state.task === null ? undefined : ranges.get(state.task)
      const batches =
        range === undefined
          ? null
          : { first: range.first, last: range.last, done: doneOf(planned, range.first, range.last) }
      return { ...state, kind: job.kind, split: job.split, batches }
    })
  })
  const latest = lastTries(tasks)
  return tasks.filter((task) => isActive(task) || latest.has(task))
}

/** What is known of the tasks of a job; Slurm forgets jobs that ended some minutes ago where it keeps no accounts. */
function statesOf(job: SlurmJob, states: readonly TaskState[] | null): TaskState[] {
  const known = (states ?? []).filter((state) => state.job === job.id)
  if (job.kind === 'fuse') return known
  const told = new Set(known.map(({ task }) => task))
  const state = states === null ? NOT_KNOWN : FORGOTTEN
  const missing = job.tasks.filter(({ task }) => !told.has(task))
  return [...known, ...missing.map(({ task }) => ({ job: job.id, task, state, reason: '' }))]
}

/** Of each task and fuse the one that was submitted last: what became of earlier tries is the past. */
function lastTries(tasks: readonly TaskStatus[]): Set<TaskStatus> {
  const last = new Map(tasks.map((task) => [`${task.kind} ${task.split} ${task.batches?.first ?? ''}`, task]))
  return new Set(last.values())
}

/** Whether a task that is over left something to do. */
export function isUnfinished({ batches, state }: TaskStatus): boolean {
  if (batches !== null) return batches.done < batches.last - batches.first + 1
  return state !== 'COMPLETED'
}

/** The status as lines for people. */
export function statusLines({ splits, tasks }: ClusterStatus): string[] {
  const lines = splits.map(({ split, batches, samples, rejected, failed }) => {
    const reasons = Object.entries(rejected).sort((a, b) => b[1] - a[1])
    const total = reasons.reduce((sum, [, times]) => sum + times, 0)
    const parts = reasons.map(([reason, times]) => `${reason} ${times}`).join(', ')
    const open = failed === 0 ? '' : `, ${failed} open`
    return `${split}: ${batches.done} of ${batches.total} batches, ${samples} samples, ${total} rejected${parts === '' ? '' : ` (${parts})`}${open}`
  })
  const words = tasks.map(({ job, task, kind, split, state, reason, batches }) => {
    const name = task === null ? `${job}` : `${job}_${task}`
    const range = batches === null ? '' : `, batches ${batches.first}-${batches.last} (${batches.done} done)`
    return `  ${name} ${kind === 'fuse' ? 'fuse ' : ''}${split}${range}: ${state}${reason === '' ? '' : ` (${reason})`}`
  })
  return [...lines, ...words]
}
