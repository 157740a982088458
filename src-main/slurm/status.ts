import type { Split } from '../../src-shared/footprint/footprint'
import type { Project } from '../../src-shared/run/project'
import type { RejectionReason } from '../../src-shared/footprint/rejection'
import { summaryOf } from '../../src-worker/jobs/batch-job'
import type { ProjectPaths } from '../project/project-paths'
import { readJobs, type SlurmJob } from './jobs-file'
import { isDone, plannedProject } from './planned-project'
import { taskStates, type TaskState } from './slurm-commands'
import { isActive } from './submit'

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

/**
 * What the files of a project and the cluster say of it.
 * @throws StudioError `usage` where it is not planned; `cluster-unavailable`
 */
export async function clusterStatus(paths: ProjectPaths, project: Project): Promise<ClusterStatus> {
  const { ranges, records } = await plannedProject(paths, project)
  const jobs = await readJobs(paths.folder)
  const states = await taskStates(jobs.map(({ id }) => id))
  const doneOf = (first: number, last: number): number => records.slice(first, last + 1).filter(isDone).length
  const splits = ranges.map(({ split, first, count }) => {
    const status: SplitStatus = {
      split,
      batches: { total: count, done: doneOf(first, first + count - 1) },
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
  const tasks = jobs.flatMap((job): TaskStatus[] =>
    states
      .filter((state) => state.job === job.id)
      .map((state) => {
        const range = job.kind === 'array' ? job.tasks.find(({ task }) => task === state.task) : undefined
        const batches =
          range === undefined
            ? null
            : { first: range.first, last: range.last, done: doneOf(range.first, range.last) }
        return { ...state, kind: job.kind, split: job.split, batches }
      }),
  )
  return { splits, tasks: tasks.filter((task) => isActive(task) || isUnfinished(task)) }
}

function isUnfinished({ batches, state }: TaskStatus): boolean {
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
