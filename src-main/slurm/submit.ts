import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Project } from '../../src-shared/run/project'
import { writeDurably } from '../../src-worker/files/durable-file'
import { lockProject } from '../project/project-lock'
import type { ProjectPaths } from '../project/project-paths'
import { removeAbandoned } from '../run/run-batches'
import { refuseActive } from './active-tasks'
import { arrayScript, fuseScript, type ScriptPlace, type SplitRange } from './job-script'
import { readJobs, saveJobs, slurmFolder, type SlurmJob } from './jobs-file'
import { isDone, plannedProject } from './planned-project'
import { cancelJobs, submitJob } from './slurm-commands'
import { arrayWord, openTasks } from './task-ranges'

/** Where the scripts of a project lie and how they call the program. */
export function scriptPlace(paths: ProjectPaths, program: string): ScriptPlace {
  return { folder: paths.folder, logs: join(slurmFolder(paths.folder), 'logs'), program }
}

/**
 * Submits the batches of a planned project that are not done: an array a split, and a job behind each that fuses what is
 * finished then. Both fuses write the report, so that of test waits for that of train.
 * @returns the jobs that were submitted
 * @throws StudioError `cluster-busy` where jobs of the project are not over; `cluster-refused`; `cluster-unavailable`;
 *   `project-busy`; `usage` where nothing is planned
 */
export async function submitProject(
  paths: ProjectPaths,
  project: Project,
  program: string,
): Promise<SlurmJob[]> {
  const unlock = await lockProject(paths)
  try {
    const jobs = await readJobs(paths.folder)
    await refuseActive(paths.folder)
    await removeAbandoned(paths)
    const { ranges, records } = await plannedProject(paths, project)
    const place = scriptPlace(paths, program)
    await mkdir(place.logs, { recursive: true })
    const submitted: SlurmJob[] = []
    const note = async (job: SlurmJob): Promise<void> => {
      submitted.push(job)
      // After each, so that none is forgotten whatever happens to the next; one that cannot be noted must not run.
      try {
        await saveJobs(paths.folder, [...jobs, ...submitted])
      } catch (thrown) {
        await cancelJobs([job.id])
        throw thrown
      }
    }
    let fuseBefore: number | null = null
    for (const range of ranges) {
      const { split, first, count } = range
      const tasks = openTasks(first, count, project.settings.slurmBatches, (batch) => isDone(records[batch]))
      if (tasks.length === 0 && (await exists(paths.dataset(split)))) continue
      const conditions: string[] = []
      if (tasks.length > 0) {
        const id = await submitArray(
          project,
          place,
          range,
          tasks.map(({ task }) => task),
        )
        await note({ kind: 'array', id, split, submitted: new Date().toISOString(), tasks })
        conditions.push(`afterok:${id}`)
      }
      if (fuseBefore !== null) conditions.push(`afterany:${fuseBefore}`)
      const script = await writeScript(paths, `fuse_${split}.sh`, fuseScript(project.settings, place, split))
      const id = await submitJob(script, conditions.length === 0 ? [] : [`--dependency=${conditions.join()}`])
      await note({ kind: 'fuse', id, split, submitted: new Date().toISOString() })
      fuseBefore = id
    }
    return submitted
  } finally {
    await unlock()
  }
}

/** Writes the scripts of a planned project without submitting them. @returns their texts by name */
export async function projectScripts(
  paths: ProjectPaths,
  project: Project,
  program: string,
): Promise<Map<string, string>> {
  const { ranges } = await plannedProject(paths, project)
  const place = scriptPlace(paths, program)
  const texts = new Map<string, string>()
  for (const range of ranges) {
    const { split, count } = range
    const tasks = Math.ceil(count / project.settings.slurmBatches)
    const text = arrayScript(project.settings, place, range)
    texts.set(`${split}.sh`, withArray(text, `0-${tasks - 1}`, project.settings.slurmTasks))
    texts.set(`fuse_${split}.sh`, fuseScript(project.settings, place, split))
  }
  await mkdir(place.logs, { recursive: true })
  for (const [name, text] of texts) await writeScript(paths, name, text)
  return texts
}

async function submitArray(
  project: Project,
  place: ScriptPlace,
  range: SplitRange,
  tasks: readonly number[],
): Promise<number> {
  const { slurmTasks } = project.settings
  const path = join(slurmFolder(place.folder), `${range.split}.sh`)
  await writeDurably(path, arrayScript(project.settings, place, range))
  return submitJob(path, [`--array=${arrayWord(tasks)}${slurmTasks === null ? '' : `%${slurmTasks}`}`])
}

function withArray(text: string, tasks: string, atOnce: number | null): string {
  return text.replace(
    '\nset -eu',
    `\n#SBATCH --array=${tasks}${atOnce === null ? '' : `%${atOnce}`}\nset -eu`,
  )
}

async function writeScript(paths: ProjectPaths, name: string, text: string): Promise<string> {
  const path = join(slurmFolder(paths.folder), name)
  await writeDurably(path, text)
  return path
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}
