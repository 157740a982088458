import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS } from '../../src-shared/footprint/footprint'
import { counted } from '../../src-shared/wording/counted'
import { writeDurably } from '../../src-worker/files/durable-file'

const splitSchema = z.enum(SPLITS)

const jobsFileSchema = z.object({
  formatVersion: z.literal(1),
  /** Jobs in the order in which they were submitted. */
  jobs: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('array'),
        id: z.int(),
        split: splitSchema,
        submitted: z.string(),
        /** Tasks with the batches that each cuts, counted over train and test. */
        tasks: z.array(z.object({ task: z.int(), first: z.int(), last: z.int() })),
      }),
      z.object({ kind: z.literal('fuse'), id: z.int(), split: splitSchema, submitted: z.string() }),
    ]),
  ),
})
export type SlurmJob = z.infer<typeof jobsFileSchema>['jobs'][number]

/** A job in a line for people. */
export function describeJob(job: SlurmJob): string {
  if (job.kind === 'fuse') return `job ${job.id}: fuse ${job.split}`
  return `job ${job.id}: ${job.split}, ${counted(job.tasks.length, 'task')}`
}

/** Folder of the project with the scripts, what tasks print, and the numbers of jobs. */
export function slurmFolder(project: string): string {
  return join(project, 'slurm')
}

function jobsPath(project: string): string {
  return join(slurmFolder(project), 'jobs.json')
}

/** The jobs that were submitted for a project; none where there is no file. @throws StudioError `project-invalid` */
export async function readJobs(project: string): Promise<SlurmJob[]> {
  const path = jobsPath(project)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    return []
  }
  try {
    return jobsFileSchema.parse(JSON.parse(text)).jobs
  } catch (cause) {
    throw new StudioError('project-invalid', 'The list of the jobs of this project is damaged.', {
      file: path,
      hint: 'Delete it; jobs that still run must then be ended with scancel.',
      cause,
    })
  }
}

export async function saveJobs(project: string, jobs: readonly SlurmJob[]): Promise<void> {
  await writeDurably(jobsPath(project), `${JSON.stringify({ formatVersion: 1, jobs }, null, 2)}\n`)
}
