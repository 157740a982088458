import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { SAMPLE_DIR } from '../tools'
import { ownAll } from './faces'

/** The built command line. */
export const CLI = resolve(import.meta.dirname, '../../dist/main/cli.js')

/** The splits with their numbers of samples in the sample world. */
export const SAMPLES = { train: 47, test: 90 } as const

/** With the default batch size there is one for each split. */
const ALL_BATCHES = '0-1'

const env = z.object({ E2E_PROJECTS: z.string().min(1) })

/**
 * A project on the sample world that the command line carried out up to a step. It is carried out once in a run of the
 * journeys; each of them gets a copy, as if the folder had been moved here.
 * @param command the step, or `run` for all of them; before `batch` comes the plan
 * @returns its folder
 */
export async function cutProject(folder: string, command: string, ...options: string[]): Promise<string> {
  const { E2E_PROJECTS } = env.parse(process.env)
  const carriedOut = join(E2E_PROJECTS, [command, ...options].join(''))
  if (!existsSync(carriedOut)) await carryOut(carriedOut, command, options)
  const project = join(folder, 'project')
  await cp(join(carriedOut, 'project'), project, { recursive: true, preserveTimestamps: true })
  await ownAll(folder)
  return project
}

/** The folder appears under its name only when the project in it is complete. */
async function carryOut(folder: string, command: string, options: readonly string[]): Promise<void> {
  const unfinished = `${folder}-unfinished`
  await rm(unfinished, { recursive: true, force: true })
  const output = ['--output', join(unfinished, 'project')]
  const sources = ['--input', join(SAMPLE_DIR, 'gedi'), '--source', SAMPLE_DIR]
  await mkdir(join(unfinished, 'project'), { recursive: true })
  const does = (...words: string[]): Promise<unknown> =>
    promisify(execFile)(process.execPath, [CLI, ...words])
  await does(command === 'batch' ? 'plan' : command, ...sources, ...output, ...options)
  if (command === 'batch') await does('batch', ...output, '--index', ALL_BATCHES)
  await rename(unfinished, folder)
}

/** Path of a batch file of a project with the default batch size. */
export function batchFile(project: string, split: 'train' | 'test', size = 1000, batch = 0): string {
  return join(project, 'batches', split, `batch_${size}_${batch}.h5`)
}

const projectSchema = z.looseObject({ settings: z.record(z.string(), z.unknown()) })

/** Changes settings of a project that is not open. */
export async function changeSettings(project: string, settings: Record<string, unknown>): Promise<void> {
  const path = join(project, 'project.json')
  const file = projectSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  await writeFile(path, JSON.stringify({ ...file, settings: { ...file.settings, ...settings } }))
}
