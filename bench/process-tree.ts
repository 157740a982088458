import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'

/** What a program and all the processes that it started cost together. */
export interface TreeCost {
  seconds: number
  /** Seconds of all threads of all processes; the last look may miss some hundredths. */
  cpu: number
  /** The most memory that all had at one time, bytes; pages that several share count for each. 0 where it cannot be told. */
  peakBytes: number
  output: string
}

/** Milliseconds between two looks. */
const LOOK_MS = 250
/** Clock ticks of /proc in a second: always 100 on Linux. */
const TICKS = 100
const PAGE_BYTES = 4096

interface Seen {
  ticks: number
  bytes: number
}

/**
 * Runs a command and looks, on Linux, what it and its children take.
 * @throws Error with what it said, where it ends with another status than 0
 */
export async function runTree(command: string, args: readonly string[]): Promise<TreeCost> {
  const started = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [output, said] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-20_000)))
  let peakBytes = 0
  const ticks = new Map<number, number>()
  const look = async (): Promise<void> => {
    const tree = await descendants(child.pid ?? 0)
    for (const [pid, seen] of tree) ticks.set(pid, seen.ticks)
    peakBytes = Math.max(
      peakBytes,
      [...tree.values()].reduce((sum, { bytes }) => sum + bytes, 0),
    )
  }
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS)
  const status = await new Promise((done, failed) => child.on('error', failed).on('close', done))
  clearInterval(timer)
  if (status !== 0) throw new Error(`${command} ${args[1] ?? ''} ended with ${String(status)}: ${said}`)
  const cpu = [...ticks.values()].reduce((sum, each) => sum + each, 0) / TICKS
  return { seconds: (performance.now() - started) / 1000, cpu, peakBytes, output }
}

/** A process and those below it. */
async function descendants(root: number): Promise<Map<number, Seen>> {
  const tree = new Map<number, Seen>()
  const add = async (pid: number): Promise<void> => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    // Behind the name, which may hold anything: state … user and system time (14th, 15th) … memory (24th).
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    if (fields.length < 22) return
    tree.set(pid, { ticks: fields[11] + fields[12], bytes: fields[21] * PAGE_BYTES })
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
    for (const child of children.split(' ').filter((word) => word !== '')) await add(Number(child))
  }
  await add(root)
  return tree
}
