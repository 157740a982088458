import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { StudioError } from '../../src-shared/errors/studio-error'
import { writeDurably } from '../../src-worker/files/durable-file'
import type { ProjectPaths } from './project-paths'

/** The area file of a project: its content, and a fingerprint of it. */
export interface AreaFile {
  content: string
  identity: string
}

/**
 * Reads the area file that the settings name, or, where that is out of reach (a project that moved to another machine),
 * the copy in the project. Null where no area is set.
 * @throws StudioError `input-missing` where there is neither
 */
export async function readArea(path: string | null, paths: ProjectPaths): Promise<AreaFile | null> {
  if (path === null) return null
  const content = (await read(path)) ?? (await read(paths.area))
  if (content === null) {
    throw new StudioError('input-missing', 'The area file does not exist or cannot be read.', {
      file: path,
      hint: 'Check the path given with --area.',
    })
  }
  return { content, identity: createHash('sha256').update(content).digest('hex') }
}

/** Keeps a copy of the area file in the project, where the worker that filters reads it. */
export async function keepArea(area: AreaFile | null, paths: ProjectPaths): Promise<void> {
  if (area !== null && (await read(paths.area)) !== area.content) await writeDurably(paths.area, area.content)
}

async function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null)
}
