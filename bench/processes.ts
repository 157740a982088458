import { fork, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { optionalTool, PYTHON, type Tool } from '../e2e/tools'
import type { Answer } from './benchmark'
import { measuredSchema } from './tasks/task'
import { TASKS, type TaskInput, type TaskName, type TaskOutput } from './tasks/tasks'
import { WORKER_FLAGS } from '../src-main/workers/fork-worker'

/** The built file of a task's process, beside this one. */
const TASK_ENTRY = resolve(import.meta.dirname, 'task.js')
const COMPARE_DIR = resolve(import.meta.dirname, '../../bench/compare')

/** No task may take longer than this, seconds. */
const LONGEST = 300

/** Command that keeps a process on the last core; empty where the system has none. */
function pinCommand(): string[] {
  const command = ['taskset', '-c', String(availableParallelism() - 1)]
  return spawnSync(command[0], [...command.slice(1), 'true']).status === 0 ? command : []
}

export const PIN = pinCommand()

const answerSchema = z.union([
  z.object({ error: z.string() }),
  z.object({ output: z.unknown(), measured: measuredSchema }),
])

/**
 * Does a task in a fresh process.
 * @param pinned whether on one core
 * @param profiles folder for its CPU profile
 * @throws Error when the task fails or takes too long
 */
export async function runTask<Name extends TaskName>(
  name: Name,
  input: TaskInput<Name>,
  pinned: boolean,
  profiles: string | null,
): Promise<Answer<Name>> {
  const nodeArgs = profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`]
  const [execPath, ...args] = [...(pinned ? PIN : []), process.execPath, ...WORKER_FLAGS, ...nodeArgs]
  const child = fork(TASK_ENTRY, [], { execPath, execArgv: args, timeout: LONGEST * 1000 })
  const answer = await new Promise<unknown>((done, failed) => {
    let message: unknown
    child.on('message', (received) => (message = received))
    child.on('error', failed)
    child.on('exit', (code) => {
      if (message !== undefined) done(message)
      else failed(new Error(`the process of ${name} ended with ${String(code)}`))
    })
    child.send({ name, input }, (error) => {
      if (error !== null) failed(error)
    })
  })
  const parsed = answerSchema.parse(answer)
  if ('error' in parsed) throw new Error(`${name}: ${parsed.error}`)
  // The schema of a task's output is that of its own output type.
  return { output: TASKS[name].output.parse(parsed.output) as TaskOutput<Name>, measured: parsed.measured }
}

/** Runs a script of bench/compare on one core; null where Python lacks the package. */
export function runPython(script: string, needs: Tool, input: unknown): unknown {
  if (!optionalTool(needs)) return null
  const [command, ...args] = [...PIN, PYTHON, resolve(COMPARE_DIR, script)]
  const options = { input: JSON.stringify(input), encoding: 'utf8', timeout: LONGEST * 1000 } as const
  const { status, stdout, stderr } = spawnSync(command, args, { ...options, maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`)
  return JSON.parse(stdout)
}

/** Makes an empty folder for profiles, or none. */
export function profileFolder(cache: string, wanted: boolean): string | null {
  if (!wanted) return null
  const folder = resolve(cache, 'profiles')
  mkdirSync(folder, { recursive: true })
  return folder
}
