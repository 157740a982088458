import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

const PROGRAM = resolve(import.meta.dirname, 'toy-slurm.mjs')

/** A scheduler on the search path of whatever is started from here, until `leave`: see toy-slurm.mjs. */
export class ToyCluster {
  private readonly state: string
  private readonly before = process.env.PATH

  /** @param folder of its own, below which it keeps everything */
  constructor(folder: string) {
    this.state = join(folder, 'state')
    const programs = join(folder, 'programs')
    for (const each of [this.state, programs]) mkdirSync(each, { recursive: true })
    for (const command of ['sbatch', 'squeue', 'scontrol', 'scancel', 'sacct']) {
      const file = join(programs, command)
      writeFileSync(
        file,
        `#!/bin/sh\nTOY_SLURM='${this.state}' exec '${process.execPath}' '${PROGRAM}' ${command} "$@"\n`,
      )
      chmodSync(file, 0o755)
    }
    process.env.PATH = [programs, this.before ?? ''].join(delimiter)
  }

  /** Whether tasks that begin are held. */
  set hold(held: boolean) {
    this.set('hold', held)
  }

  /** Whether its commands fail. */
  set down(isDown: boolean) {
    this.set('down', isDown)
  }

  /** When squeue was asked for states, milliseconds since 1970. */
  get asked(): number[] {
    const file = join(this.state, 'asked')
    if (!existsSync(file)) return []
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.endsWith(' states'))
      .map((line) => Number(line.split(' ')[0]))
  }

  /** Takes the scheduler off the search path. Its jobs should be over. */
  leave(): void {
    process.env.PATH = this.before
  }

  private set(name: string, isSet: boolean): void {
    if (isSet) writeFileSync(join(this.state, name), '')
    else rmSync(join(this.state, name), { force: true })
  }
}

/** What the journeys' desktop is started with, see window/electron-launcher.sh. */
const SYSTEM = ['id', 'setpriv']

/** Has the search path hold nothing but a few programs of the system, without Slurm. @returns ends that */
export function withoutSlurm(folder: string): () => void {
  const before = process.env.PATH
  mkdirSync(folder, { recursive: true })
  symlinkSync(process.execPath, join(folder, 'node'))
  for (const name of SYSTEM) {
    const found = (before ?? '').split(delimiter).map((place) => join(place, name))
    const path = found.find((each) => existsSync(each))
    if (path !== undefined) symlinkSync(path, join(folder, name))
  }
  process.env.PATH = folder
  return () => {
    process.env.PATH = before
  }
}
