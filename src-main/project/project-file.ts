import { mkdir, readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import {
  NO_SOURCES,
  PROJECT_FORMAT,
  projectSchema,
  sourcesSchema,
  type Project,
} from '../../src-shared/run/project'
import { resolveSettings } from '../../src-shared/settings/parse'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { writeDurably } from '../../src-worker/files/durable-file'
import { SOFTWARE_VERSION } from '../software'
import type { ProjectPaths } from './project-paths'

/** What a run that was killed in its first moment leaves. */
const OWN_BEFORE = new Set(['run.log', 'run.lock', 'project.json.part'])

const versionSchema = z.object({ formatVersion: z.int() })

/** What any version of the project file has; the rest is filled up with what is new since. */
const looseSchema = projectSchema.extend({
  sources: sourcesSchema.partial(),
  settings: z.record(z.string(), z.unknown()),
})

/**
 * The project in a folder, or null where the folder is empty or does not exist yet.
 * @throws StudioError `project-foreign` where the folder holds other things, `project-invalid` where the project
 * file is damaged or of a newer version, `output-unwritable` where the folder cannot be made or read
 */
export async function loadProject(paths: ProjectPaths): Promise<Project | null> {
  const entries = await openFolder(paths.folder)
  if (!entries.includes('project.json')) {
    const foreign = entries.filter((name) => !name.startsWith('.') && !OWN_BEFORE.has(name))
    if (foreign.length === 0) return null
    throw new StudioError(
      'project-foreign',
      `The output folder holds other things (${foreign.slice(0, 3).join(', ')}).`,
      {
        file: paths.folder,
        hint: 'Give --output a new or empty folder, or one with a project of this program.',
      },
    )
  }
  return parseProject(await readFile(paths.project, 'utf8'), paths.project)
}

async function openFolder(folder: string): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true })
    return await readdir(folder)
  } catch (cause) {
    throw new StudioError('output-unwritable', 'The output folder cannot be created or read.', {
      file: folder,
      hint: 'Choose another folder, or change its permissions.',
      cause,
    })
  }
}

function parseProject(text: string, file: string): Project {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    throw invalid(file, 'The project file is damaged.', cause)
  }
  const version = versionSchema.safeParse(data)
  if (version.success && version.data.formatVersion > PROJECT_FORMAT) {
    throw new StudioError('project-invalid', 'The project was written by a newer version of the program.', {
      file,
      hint: 'Install the newest version of the program; the project stays as it is.',
      context: { newer: true },
    })
  }
  const loose = looseSchema.safeParse(data)
  if (!loose.success) throw invalid(file, 'The project file is damaged.', loose.error)
  const { sources, settings, ...rest } = loose.data
  return {
    ...rest,
    sources: sourcesSchema.parse({ ...NO_SOURCES, ...sources }),
    settings: resolveSettings(settings),
  }
}

function invalid(file: string, message: string, cause: unknown): StudioError {
  return new StudioError('project-invalid', message, {
    file,
    hint: 'Move this file away and give the settings again, or open the project in the window, which recovers what can be read.',
    cause,
  })
}

/** A project with nothing chosen yet, named after its folder. */
export function newProject(paths: ProjectPaths): Project {
  return {
    formatVersion: PROJECT_FORMAT,
    name: basename(paths.folder),
    created: new Date().toISOString(),
    softwareVersion: SOFTWARE_VERSION,
    sources: NO_SOURCES,
    settings: DEFAULT_SETTINGS,
  }
}

/** Writes `project.json` where it is another one than is there, completely or not at all. */
export async function saveProject(paths: ProjectPaths, project: Project): Promise<void> {
  const text = `${JSON.stringify(project, null, 2)}\n`
  const before = await readFile(paths.project, 'utf8').catch(() => null)
  if (text !== before) await writeDurably(paths.project, text)
}
