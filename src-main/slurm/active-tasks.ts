import { StudioError } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import { readJobs, slurmFolder } from './jobs-file'
import { cancelJobs, jobsOfScripts, taskStates, type TaskState } from './slurm-commands'

/** State of a task that ended so long ago that the cluster does not know it any more. */
export const FORGOTTEN = 'UNKNOWN'

/** States of a task that is over, in Slurm's words, and our own one. */
const OVER =
  /^(COMPLETED|CANCELLED|FAILED|TIMEOUT|NODE_FAIL|PREEMPTED|BOOT_FAIL|DEADLINE|OUT_OF_MEMORY|REVOKED|UNKNOWN)/

/** Whether a task waits or runs. */
export function isActive({ state }: TaskState): boolean {
  return state !== '' && !OVER.test(state)
}

/**
 * The tasks of a project that wait or run: those of its noted jobs, and those of its scripts that nobody noted, because the
 * program or its machine ended just after sbatch.
 * @throws StudioError `cluster-unavailable`; `project-invalid` where the list of jobs is damaged
 */
export async function activeTasks(project: string): Promise<TaskState[]> {
  const noted = (await readJobs(project)).map(({ id }) => id)
  const others = await jobsOfScripts(slurmFolder(project))
  return (await taskStates([...new Set([...noted, ...others])])).filter(isActive)
}

/** What may be done about tasks that are in the way. */
const WAIT_OR_CANCEL =
  'Look at them with "gedi-dataset slurm status"; wait, or end them with "gedi-dataset slurm cancel".'

/**
 * Lets nothing be done beside what waits or runs.
 * @param hint what to do about it
 * @throws StudioError `cluster-busy` naming the jobs; as activeTasks
 */
export async function refuseActive(project: string, hint = WAIT_OR_CANCEL): Promise<void> {
  const active = await activeTasks(project)
  if (active.length === 0) return
  const ids = jobsOf(active)
  throw new StudioError(
    'cluster-busy',
    `The project has ${counted(active.length, 'task')} on the cluster that are not over (jobs ${ids.join(', ')}).`,
    { hint, context: { jobs: ids.join(', ') } },
  )
}

/** Numbers of the jobs that some tasks belong to. */
function jobsOf(tasks: readonly TaskState[]): number[] {
  return [...new Set(tasks.map(({ job }) => job))]
}

/**
 * Ends what waits or runs of a project.
 * @returns the jobs that were ended, and how many tasks they had
 * @throws StudioError as activeTasks
 */
export async function cancelProject(project: string): Promise<{ tasks: number; jobs: number[] }> {
  const active = await activeTasks(project)
  const jobs = jobsOf(active)
  await cancelJobs(jobs)
  return { tasks: active.length, jobs }
}
