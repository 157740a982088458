import { stat } from 'node:fs/promises'
import { refuseActive } from './active-tasks'
import { readJobs, slurmFolder } from './jobs-file'
import { slurmIsHere } from './slurm-here'

const HINT =
  'Wait, or end them with "gedi-dataset slurm cancel". To run all the same, add --beside-jobs: batches are then cut twice, to the same bytes.'

/**
 * Lets no run of this machine begin while tasks of its project wait or run on a cluster: they do not know of each other, and
 * would cut the same batches. A project that never was on a cluster costs a look for a folder.
 * @param hint what to do about tasks that are in the way
 * @returns what a person should know where this machine has no Slurm that could be asked; null otherwise
 * @throws StudioError `cluster-busy` naming the jobs; `cluster-unavailable` where there is Slurm, but it does not answer
 */
export async function refuseRunBeside(project: string, hint = HINT): Promise<string | null> {
  if ((await stat(slurmFolder(project)).catch(() => null)) === null) return null
  if (await slurmIsHere()) {
    await refuseActive(project, hint)
    return null
  }
  const ids = (await readJobs(project)).map(({ id }) => id)
  if (ids.length === 0) return null
  return `The project was submitted to a cluster that cannot be asked from here (last job ${Math.max(...ids)}). Batches that its tasks still cut would be cut twice.`
}
