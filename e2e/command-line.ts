import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll } from 'vitest'
import { SAMPLE_DIR } from './tools'

/** The built command line. */
const CLI = resolve(import.meta.dirname, '../dist/main/cli.js')

export interface Finished {
  status: number | null
  out: string
  err: string
}

export interface StartedCommand {
  pid: number | undefined
  finished: Promise<Finished>
  signal(name: NodeJS.Signals): void
  /** Resolves when standard error has shown the text. */
  shows(text: string): Promise<void>
  /** Reads standard output or error up to some text and then goes away, as `head` does. */
  readsUntil(stream: 'stdout' | 'stderr', text: string): void
}

/** The words of a command on the sample world. */
export function onSample(command: string, output: string, ...more: string[]): string[] {
  return [command, '--input', join(SAMPLE_DIR, 'gedi'), '--source', SAMPLE_DIR, '--output', output, ...more]
}

/** Starts `gedi-dataset` as a user does. */
export function start(...args: string[]): StartedCommand {
  return startAs({}, ...args)
}

/** Starts `gedi-dataset` as another user, which only root can, or in another environment. */
export function startAs(
  options: { uid?: number; gid?: number; env?: NodeJS.ProcessEnv },
  ...args: string[]
): StartedCommand {
  const child = spawn(process.execPath, [CLI, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  const waiting: { text: string; resolve: () => void }[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
    for (const wait of waiting) if (err.includes(wait.text)) wait.resolve()
  })
  return {
    pid: child.pid,
    finished: new Promise((done) => child.on('close', (status) => done({ status, out, err }))),
    signal: (name) => child.kill(name),
    shows: (text) => new Promise((done) => waiting.push({ text, resolve: done })),
    readsUntil: (stream, text) => {
      child[stream].on('data', () => {
        if ((stream === 'stdout' ? out : err).includes(text)) child[stream].destroy()
      })
    },
  }
}

/** Runs `gedi-dataset` to its end. */
export function gediDataset(...args: string[]): Promise<Finished> {
  return start(...args).finished
}

/** A folder that is gone after the tests of a file. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `gedi-${name}-`))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
