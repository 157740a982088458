import type { Command } from 'commander'
import { StudioError } from '../../src-shared/errors/studio-error'
import { EXIT } from './exit-status'
import type { CommandResult } from './project-command'
import type { Streams } from './reporter'

interface GivenOptions {
  project?: string
  port?: number
  host: string
  root?: string[]
  open?: boolean
}

/** Adds the options of `serve`. */
export function addServeOptions(command: Command): void {
  command
    .option('--project <dir>', 'Project to open.')
    .option('--port <n>', 'Port to listen on; otherwise 8765, or any other where that is taken.', portOf)
    .option('--host <address>', 'Address to listen on.', '127.0.0.1')
    .option(
      '--root <dirs...>',
      'Folders below which people may choose places; otherwise the home folder and the present one.',
    )
    .option('--open', 'Open the link in the browser.')
}

/** Serves the window to browsers until the signal is aborted. */
export async function runServe(
  { project, port, host, root, open }: GivenOptions,
  { out, err }: Streams,
  signal: AbortSignal,
): CommandResult {
  // Only this command needs the studio, and it is large.
  const { serve } = await import('../serve/serve')
  const options = {
    project: project ?? null,
    port: port ?? null,
    host,
    roots: root ?? null,
    open: open === true,
  }
  const voice = {
    link: (text: string) => void out.write(`${text}\n`),
    note: (text: string) => void err.write(`${text}\n`),
  }
  return (await serve(options, voice, signal)) ? EXIT.cancelled : EXIT.done
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new StudioError('usage', `${text} is no port.`, { hint: 'Give a number from 0 to 65535.' })
}
