import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

/** The built program. */
export const CLI = resolve(import.meta.dirname, '../../dist/main/cli.js')

/**
 * Runs a command of the built program.
 * @throws Error with what it said, where it ends with another status than 0
 */
export async function gediDataset(...words: string[]): Promise<void> {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const status = await new Promise((done) => child.on('close', done))
  if (status !== 0) throw new Error(`gedi-dataset ${words[0]} ended with ${String(status)}: ${said}`)
}
