import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { link, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import { isAlive, machineSchema, startOf, thisMachine } from './machine'
import type { ProjectPaths } from './project-paths'

const holderSchema = machineSchema.extend({
  pid: z.int(),
  /** When the process began, in the system's own count. */
  started: z.string().nullable(),
  /** Tells this lock from all others. */
  token: z.string(),
  since: z.string(),
})
type Holder = z.infer<typeof holderSchema>

/** How often a holder shows that it is there, milliseconds. */
const RENEW_MS = 30_000

/** A lock of another machine that was not renewed for so long is nobody's, milliseconds. */
const FOREIGN_STALE_MS = 10 * RENEW_MS

/** One that names no holder was cut short with its machine, or is just being written. */
const NAMELESS_STALE_MS = 10_000

/**
 * After taking a stale lock over, so long passes before it is looked at whether another did so too, milliseconds: workers
 * of the one who held it, which may still write, have ended by then (src-worker/process/end-with-parent).
 */
const SETTLE_MS = 1200

const TRIES = 3

/**
 * Keeps two runs off one project: `run.lock`, which appears complete and which only one process can make. A lock whose
 * holder is gone is taken over: its process has ended, its machine was started anew since, or it is another machine's (or
 * container's) and was not renewed for five minutes.
 * @param settleMs milliseconds that pass before a lock that was taken over counts
 * @returns releases the lock
 * @throws StudioError `project-busy` naming who holds it; `output-unwritable`
 */
export async function lockProject(
  { lock, folder }: ProjectPaths,
  settleMs: number = SETTLE_MS,
): Promise<() => Promise<void>> {
  const mine: Holder = {
    ...thisMachine(),
    pid: process.pid,
    started: startOf(process.pid),
    token: randomUUID(),
    since: new Date().toISOString(),
  }
  const text = JSON.stringify(mine)
  const own = join(folder, `.lock-${mine.token}`)
  let tookOver = false
  for (let tries = 0; tries < TRIES; tries++) {
    if (await make(lock, text, own, folder)) {
      if (tookOver) await wait(settleMs)
      if (!tookOver || (await read(lock)) === text) return holding(lock, text)
    }
    const found = await read(lock)
    if (found === null) continue
    const holder = parse(found)
    if (!(await isStale(lock, holder, mine, own))) throw busy(lock, folder, holder)
    tookOver = (await takeAway(lock, found, own)) || tookOver
  }
  throw busy(lock, folder, null)
}

/** Makes the lock with its content, in one step. @returns false where there is one */
async function make(lock: string, text: string, own: string, folder: string): Promise<boolean> {
  try {
    await writeFile(own, text, { flush: true })
    await link(own, lock)
    return true
  } catch (cause) {
    // A network file system may have carried it out and lost the answer.
    if (codeOf(cause) === 'EEXIST') return (await read(lock)) === text
    // Some file systems have no links.
    if (['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(codeOf(cause)))
      return await create(lock, text, folder)
    throw unwritable(folder, cause)
  } finally {
    await rm(own, { force: true })
  }
}

async function create(lock: string, text: string, folder: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx')
    try {
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
    return true
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false
    throw unwritable(folder, cause)
  }
}

/** Renews the lock as long as it is held. @returns ends that, and removes the lock where it is still the same */
function holding(lock: string, text: string): () => Promise<void> {
  const renew = async (): Promise<void> => {
    if ((await read(lock)) === text) await utimes(lock, new Date(), new Date())
  }
  // A file system that is away for a moment does not end a run; a lock that could not be renewed is renewed later.
  const timer = setInterval(() => void renew().catch(() => undefined), RENEW_MS)
  timer.unref()
  // Where the program ends at once, its workers are ended before this (src-main/workers/fork-worker).
  const removeNow = (): void => {
    try {
      if (readFileSync(lock, 'utf8') === text) rmSync(lock)
    } catch {
      // It is gone, or stays and is known for stale by the process that held it.
    }
  }
  process.once('exit', removeNow)
  return async () => {
    clearInterval(timer)
    process.off('exit', removeNow)
    if ((await read(lock)) === text) await rm(lock, { force: true })
  }
}

async function isStale(lock: string, holder: Holder | null, mine: Holder, own: string): Promise<boolean> {
  if (holder?.host === mine.host && holder.boot !== mine.boot) return true
  if (holder?.host === mine.host && holder.processes === mine.processes) {
    return !isAlive(holder.pid) || (holder.started !== null && startOf(holder.pid) !== holder.started)
  }
  return (await ageOf(lock, own)) > (holder === null ? NAMELESS_STALE_MS : FOREIGN_STALE_MS)
}

/** Milliseconds since the lock was renewed, by the clock of the disk it lies on. */
async function ageOf(lock: string, own: string): Promise<number> {
  try {
    await writeFile(own, '')
    return (await stat(own)).mtimeMs - (await stat(lock)).mtimeMs
  } catch {
    return 0
  } finally {
    await rm(own, { force: true })
  }
}

/** Takes a stale lock away, which only one process can; one that another made meanwhile is put back. */
async function takeAway(lock: string, stale: string, own: string): Promise<boolean> {
  try {
    await rename(lock, own)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return false
    throw cause
  }
  const isStaleOne = (await read(own)) === stale
  if (!isStaleOne) await link(own, lock).catch(() => undefined)
  await rm(own, { force: true })
  return isStaleOne
}

async function read(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null)
}

function parse(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function busy(lock: string, folder: string, holder: Holder | null): StudioError {
  const who =
    holder === null ? 'another process' : `process ${holder.pid} on ${holder.host} since ${holder.since}`
  return new StudioError('project-busy', `The project is in use by ${who}.`, {
    file: folder,
    hint: `Wait for it or stop it; if it is long gone, delete ${lock}.`,
    context: holder === null ? {} : { pid: holder.pid, host: holder.host },
  })
}

function unwritable(folder: string, cause: unknown): StudioError {
  return new StudioError('output-unwritable', 'The output folder cannot be written.', {
    file: folder,
    hint: 'Choose another folder, or change its permissions.',
    cause,
  })
}
