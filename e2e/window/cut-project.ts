import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { SAMPLE_DIR } from '../tools'
import { ownAll } from './faces'

/** The built command line. */
const CLI = resolve(import.meta.dirname, '../../dist/main/cli.js')

/** The splits with their numbers of samples in the sample world. */
export const SAMPLES = { train: 47, test: 90 } as const

/**
 * A project on the sample world that the command line carried out up to a step.
 * @param command the step, or `run` for all of them
 * @returns its folder
 */
export async function cutProject(folder: string, command: string, ...options: string[]): Promise<string> {
  const project = join(folder, 'project')
  await mkdir(project, { recursive: true })
  const words = [command, '--input', join(SAMPLE_DIR, 'gedi'), '--source', SAMPLE_DIR, '--output', project]
  await promisify(execFile)(process.execPath, [CLI, ...words, ...options])
  await ownAll(folder)
  return project
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
