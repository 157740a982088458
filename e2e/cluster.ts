import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { readJobs } from '../src-main/slurm/jobs-file'
import { taskStates } from '../src-main/slurm/slurm-commands'
import { isActive } from '../src-main/slurm/active-tasks'

/** Tasks share the cores with whatever else runs here. */
const LONGEST_MS = 300_000

/** The nodes of the cluster that answers here; none where there is no cluster. */
export function clusterNodes(): string[] {
  const { status, stdout } = spawnSync('sinfo', ['--noheader', '--Node', '--format=%N'], { encoding: 'utf8' })
  return status === 0 ? [...new Set(stdout.trim().split('\n'))].filter((name) => name !== '') : []
}

/** The node that is this machine, where it is the only one and its daemon may be killed: for root. */
export function ownNode(): string | null {
  const [node, ...others] = clusterNodes()
  const isOwn = node === hostname().split('.')[0] && others.length === 0 && process.getuid?.() === 0
  return isOwn ? node : null
}

/** Kills the daemon of the node, as if its machine had died for a moment, and starts it again. */
export async function restartNode(): Promise<void> {
  const config = execFileSync('scontrol', ['show', 'config'], { encoding: 'utf8' })
  const file = /^SlurmdPidFile\s*=\s*(\S+)/m.exec(config)?.[1]
  if (file === undefined) throw new Error('the cluster does not tell where slurmd notes its number')
  process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL')
  await wait(500)
  execFileSync('slurmd')
}

/** Takes a node away from all that runs on it, and gives it back. */
export function loseNode(node: string): void {
  execFileSync('scontrol', ['update', `NodeName=${node}`, 'State=DOWN', 'Reason=test'])
}

/** As Slurm's administrators do; a node that has come back by itself refuses. */
export function returnNode(node: string): void {
  spawnSync('scontrol', ['update', `NodeName=${node}`, 'State=RESUME'])
}

/** Waits until something is so. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + LONGEST_MS
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`in vain: ${what}`)
    await wait(200)
  }
}

/** Waits until nothing of a project waits or runs on the cluster. */
export async function untilOver(project: string): Promise<void> {
  const jobs = (await readJobs(project)).map(({ id }) => id)
  await until('jobs are over', async () => !(await taskStates(jobs)).some(isActive))
}

/** Holds the task that is about to name a file. */
export class Hold {
  constructor(private readonly order: string) {
    writeFileSync(order, '')
  }

  /** The line of shell that puts tasks under it. */
  setup(file: string): string {
    const preload = pathToFileURL(resolve(import.meta.dirname, 'hold-at.mjs')).href
    return `export HOLD_AT=${file} HOLD_WHILE=${this.order} NODE_OPTIONS=--import=${preload}`
  }

  async untilHeld(): Promise<void> {
    await until('a task is held', () => existsSync(`${this.order}.held`))
  }

  /** From now on nobody is held; who is held already stays so. */
  end(): void {
    rmSync(this.order)
    rmSync(`${this.order}.held`, { force: true })
  }
}
