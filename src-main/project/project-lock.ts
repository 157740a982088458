import { open, readFile, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { ProjectPaths } from './project-paths'

const holderSchema = z.object({ pid: z.int(), host: z.string(), since: z.string() })

/**
 * Keeps two runs off one project: creates `run.lock`, which only one process can. A lock whose process on this
 * machine is gone is taken over.
 * @returns releases the lock
 * @throws StudioError `project-busy` naming who holds it
 */
export async function lockProject(paths: ProjectPaths): Promise<() => Promise<void>> {
  const mine = { pid: process.pid, host: hostname(), since: new Date().toISOString() }
  for (let tries = 0; tries < 2; tries++) {
    try {
      const handle = await open(paths.lock, 'wx')
      await handle.writeFile(JSON.stringify(mine))
      await handle.close()
      return () => rm(paths.lock, { force: true })
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'))
        throw unwritable(paths, cause)
    }
    await dropStale(paths)
  }
  throw busy(paths, 'another process')
}

async function dropStale(paths: ProjectPaths): Promise<void> {
  const text = await readFile(paths.lock, 'utf8').catch(() => '')
  const parsed = holderSchema.safeParse(parseJson(text))
  if (parsed.success) {
    const { pid, host, since } = parsed.data
    if (host !== hostname() || isAlive(pid)) throw busy(paths, `process ${pid} on ${host} since ${since}`)
  }
  await rm(paths.lock, { force: true })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function busy(paths: ProjectPaths, holder: string): StudioError {
  return new StudioError('project-busy', `The project is in use by ${holder}.`, {
    file: paths.folder,
    hint: `Wait for it or stop it; if it is long gone, delete ${paths.lock}.`,
  })
}

function unwritable(paths: ProjectPaths, cause: unknown): StudioError {
  return new StudioError('output-unwritable', 'The output folder cannot be written.', {
    file: paths.folder,
    hint: 'Choose another folder, or change its permissions.',
    cause,
  })
}
