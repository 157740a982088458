import fc from 'fast-check'
import { existsSync, readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'
import { startAs, type Finished, type StartedCommand } from '../command-line'
import { goneWith, processesWith } from './processes'

const KILL_AT = pathToFileURL(join(import.meta.dirname, 'kill-at.mjs')).href

/** A crash: where it happens, whom it hits, and what it does to the files. Fractions lie in 0 to 1. */
export interface Crash {
  /** `time`: at a moment of the command; otherwise before or after a file is renamed into place. */
  when: 'time' | 'before' | 'after'
  who: 'main' | 'self' | 'all'
  /** Which file, or which moment. */
  where: number
  /** Whether one of the newest files loses its end, as when power fails on a disk that says it has written. */
  truncates: boolean
  /** Which of them, and what is left of it. */
  file: number
  left: number
}

/** Crashes drawn by a seed. */
export function drawCrashes(seed: number, count: number): Crash[] {
  const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const crash = fc.record<Crash>({
    when: fc.constantFrom('time', 'before', 'after'),
    who: fc.constantFrom('main', 'self', 'all'),
    where: fraction.map((x) => (x * 1e6) % 1),
    truncates: fc.boolean(),
    file: fraction.map((x) => (x * 1e6) % 1),
    left: fraction.map((x) => (x * 1e6) % 1),
  })
  return fc.sample(crash, { seed, numRuns: count })
}

/** What the same command did undisturbed. */
export interface Undisturbed {
  /** Paths in the project of files that it renamed into place. */
  renamed: readonly string[]
  milliseconds: number
}

let marks = 0

/** A command that was started, and a text in the environment of all its processes and of no other. */
export interface Marked {
  command: StartedCommand
  mark: string
}

/** Starts a command in an environment of its own. */
export function startMarked(args: readonly string[], env: Record<string, string> = {}): Marked {
  const mark = `CRASH_MARK=${process.pid}.${marks++}.`
  const environment = {
    ...process.env,
    SOURCE_DATE_EPOCH: '1600000000',
    NODE_OPTIONS: `--import ${KILL_AT}`,
    CRASH_MARK: mark.slice('CRASH_MARK='.length),
    ...env,
  }
  return { command: startAs({ env: environment }, ...args), mark }
}

/**
 * Runs a command on a project and lets it crash, waits until all its processes are gone, and damages a file.
 * @returns how the command ended
 * @throws Error where a process survives
 */
export async function crashed(
  args: readonly string[],
  project: string,
  { renamed, milliseconds }: Undisturbed,
  crash: Crash,
): Promise<Finished> {
  const path = `/${renamed[Math.floor(crash.where * renamed.length)]}`
  const at = { CRASH_AT: `${crash.when} ${crash.who} ${path}`, CRASH_DONE: `${project}.crashed` }
  const { command, mark } = startMarked(args, crash.when === 'time' ? {} : at)
  if (crash.when === 'time') {
    await wait(crash.where * milliseconds)
    const workers = crash.who === 'main' ? [] : processesWith(mark).filter((pid) => pid !== command.pid)
    for (const pid of workers.slice(0, 1)) process.kill(pid, 'SIGKILL')
    if (crash.who !== 'self') command.signal('SIGKILL')
  }
  const end = await command.finished
  await goneWith(mark, 10_000)
  if (crash.truncates) truncateOne(project, crash)
  return end
}

/** Cuts the end off one of the three files that were written last. What people gave is not touched, see projectContent. */
function truncateOne(project: string, { file, left }: Crash): void {
  if (!existsSync(project)) return
  const files = readdirSync(project, { recursive: true })
    .map(String)
    .filter((name) => !/^(project\.json|run\.log|run\.lock)$/.test(name))
    .map((name) => ({ name, stats: statSync(join(project, name)) }))
    .filter(({ stats }) => stats.isFile())
    .sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs)
    .slice(0, 3)
  const one = files.at(Math.floor(file * files.length))
  if (one !== undefined) truncateSync(join(project, one.name), Math.floor(left * one.stats.size))
}
