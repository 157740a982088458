import { readFile, rename } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import { NO_SOURCES, sourcesSchema, type Project } from '../../src-shared/run/project'
import { DEFAULT_SETTINGS, SETTING_KEYS, SETTINGS, settingsSchema } from '../../src-shared/settings/settings'
import { loadProject, newProject, saveProject } from '../project/project-file'
import type { ProjectPaths } from '../project/project-paths'

/** A project as it was opened, and what was done where its file was damaged. */
export interface OpenedProjectFile {
  project: Project
  recovered: { keptAs: string; recovered: string[] } | null
}

/**
 * Opens the project in a folder. A damaged `project.json` is kept aside, and what can be read of it, or else of the
 * report of the last run, makes the project anew.
 * @throws StudioError `project-foreign`, `output-unwritable`; `input-missing` where the folder holds no project;
 * `project-invalid` where a newer version wrote it
 */
export async function openProjectFile(paths: ProjectPaths): Promise<OpenedProjectFile> {
  try {
    const project = await loadProject(paths)
    if (project !== null) return { project, recovered: null }
  } catch (thrown) {
    const isDamage = thrown instanceof StudioError && thrown.tag === 'project-invalid' && !isNewer(thrown)
    if (!isDamage && !isSettingsFault(thrown)) throw thrown
    return recover(paths)
  }
  throw new StudioError('input-missing', 'The folder holds no project.', {
    file: paths.folder,
    hint: 'Choose a folder with a project.json, or begin a new project in it.',
  })
}

function isNewer(error: StudioError): boolean {
  return error.context.newer === true
}

/** A value out of bounds in a file that somebody edited. */
function isSettingsFault(thrown: unknown): boolean {
  return thrown instanceof StudioError && thrown.tag === 'settings-invalid'
}

async function recover(paths: ProjectPaths): Promise<OpenedProjectFile> {
  const text = await readFile(paths.project, 'utf8').catch(() => '')
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const keptAs = paths.project.replace(/\.json$/, `.damaged-${stamp}.json`)
  const report = parsed(await readFile(paths.report, 'utf8').catch(() => ''))
  const source = parsed(text) ?? report
  const { project, recovered } = salvage(newProject(paths), source)
  if (parsed(text) === null && report !== null) recovered.push('from the report of the last run')
  await rename(paths.project, keptAs)
  await saveProject(paths, project)
  return { project, recovered: { keptAs: basename(keptAs), recovered } }
}

const looseSchema = z.object({
  name: z.string().min(1).optional().catch(undefined),
  created: z.string().optional().catch(undefined),
  sources: z.record(z.string(), z.unknown()).catch({}),
  settings: z.record(z.string(), z.unknown()).catch({}),
})

/** Everything that is valid by itself, and what it was, in words. */
function salvage(base: Project, data: unknown): { project: Project; recovered: string[] } {
  const loose = looseSchema.safeParse(data ?? {})
  if (!loose.success) return { project: base, recovered: [] }
  const { name, created, settings, sources } = loose.data
  const recovered = name === undefined ? [] : ['name']
  const validSources = validPart(sourcesSchema.shape, sources)
  if (Object.keys(validSources).length > 0) recovered.push('sources')
  const shape = Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key].schema]))
  const valid = validPart(shape, settings)
  const together = settingsSchema.safeParse({ ...DEFAULT_SETTINGS, ...valid })
  const changed = SETTING_KEYS.filter((key) => key in valid).length
  if (together.success && changed > 0) recovered.push(`${changed} of ${SETTING_KEYS.length} settings`)
  return {
    project: {
      ...base,
      ...(name === undefined ? {} : { name }),
      ...(created === undefined ? {} : { created }),
      sources: { ...NO_SOURCES, ...validSources },
      settings: together.success ? together.data : DEFAULT_SETTINGS,
    },
    recovered,
  }
}

function validPart(
  shape: Readonly<Record<string, z.ZodType>>,
  data: Record<string, unknown>,
): Record<string, unknown> {
  const entries = Object.entries(shape).flatMap(([key, schema]) => {
    const result = schema.safeParse(data[key])
    return result.success && key in data ? [[key, result.data] as const] : []
  })
  return Object.fromEntries(entries)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
