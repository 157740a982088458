import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { commandLine } from '../../src-main/cli/program'
import { givenSettings } from '../../src-main/cli/setting-options'
import { ROOT } from './pages'

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))

/** The commands of the program as it defines them, none of which does anything. */
export function idleCommandLine(): Command {
  const nowhere = { out: process.stdout, err: process.stderr }
  const program = commandLine(nowhere, new AbortController().signal, () => undefined)
  for (const command of allCommands(program)) {
    if (command.commands.length === 0) command.action(() => undefined)
  }
  return program
}

/** A command with all below it. */
export function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap((below) => allCommands(below))]
}

/**
 * Reads commands without running them: those of the program with the program's own definition of them, scripts of npm
 * by their names.
 * @throws Error for one that is neither, or has an option or a setting that there is not
 */
export async function readCommands(code: string): Promise<number> {
  const lines = code.replaceAll(/\\\n/g, ' ').split('\n')
  const commands = lines.map((line) => line.replace(/(^|\s)#.*$/, '').trim()).filter((line) => line !== '')
  for (const command of commands) await readCommand(command)
  return commands.length
}

async function readCommand(line: string): Promise<void> {
  const [name, ...words] = (line.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) =>
    word.replace(/^(["'])(.*)\1$/, '$2'),
  )
  if (name === 'npm') {
    const script = words.find((word) => word !== 'run') ?? ''
    if (script !== 'ci' && !(script in scripts)) throw new Error(`npm has no script for: ${line}`)
    return
  }
  if (name !== 'gedi-dataset') throw new Error(`cannot be read, only run: ${line}`)
  const program = idleCommandLine()
  program.hook('postAction', (_, command) => {
    givenSettings(command)
  })
  await program.parseAsync(words, { from: 'user' })
}
