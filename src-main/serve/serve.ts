import { RPCHandler } from '@orpc/server/message-port'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RENDERER, SAMPLE } from '../software'
import { dataFolder } from '../studio/data-folder'
import { PageFiles } from '../studio/page-files'
import { Studio } from '../studio/studio'
import { StudioLines } from '../studio/studio-lines'
import { forkWorkers } from '../workers/fork-worker'
import { isLoopback } from './host-names'
import { openInBrowser } from './open-browser'
import { Roots } from './roots'
import { listen, type Listening } from './server'
import { ServerFace } from './server-face'

/** The port that is taken where none is asked for and it is free, so that a tunnel can be set up once. */
const USUAL_PORT = 8765
const ANY_PORT = 0

export interface ServeOptions {
  /** Project to open; null begins with the start screen. */
  project: string | null
  /** null: the usual one, or any that is free. */
  port: number | null
  /** Address to listen on. */
  host: string
  /** Folders below which people may choose; null: the home folder and the present one. That of the project always. */
  roots: readonly string[] | null
  /** Whether to open the browser. */
  open: boolean
}

/** How the server speaks to whoever started it. */
export interface ServeVoice {
  /** The link, alone on its line. */
  link(text: string): void
  /** A word of warning or explanation. */
  note(text: string): void
}

/**
 * Serves the application until the signal is aborted, then stops a run that goes on.
 * @returns whether a run was stopped
 * @throws StudioError `usage` where it cannot listen; as Studio.openProject
 */
export async function serve(options: ServeOptions, voice: ServeVoice, signal: AbortSignal): Promise<boolean> {
  const project = options.project === null ? null : resolve(options.project)
  const roots = options.roots ?? [homedir(), process.cwd()]
  const face = new ServerFace(new Roots(project === null ? roots : [...roots, project]))
  const studio = new Studio({
    face,
    spawn: forkWorkers(),
    dataFolder: dataFolder(),
    sampleFolder: fileURLToPath(SAMPLE),
  })
  try {
    if (project !== null) await studio.openProject(project)
    const server = await listenFor(studio, options)
    try {
      if (!isLoopback(options.host.toLowerCase())) {
        voice.note(
          `Whoever can reach ${options.host} and knows the link can use the program; nothing is encrypted.`,
        )
      }
      voice.link(server.link)
      const forgetLink = options.open ? await openInBrowser(server.link) : null
      await aborted(signal)
      await forgetLink?.()
      return await stopRun(studio, voice)
    } finally {
      await server.close()
    }
  } finally {
    await studio.close()
  }
}

function listenFor(studio: Studio, { host, port }: ServeOptions): Promise<Listening> {
  const served = {
    lines: new StudioLines(new RPCHandler(studio.router)),
    page: new PageFiles(fileURLToPath(RENDERER)),
    respond: (request: Request) => studio.respond(request),
    tileOrigin: () => null,
  }
  return listen(served, host, port === null ? [USUAL_PORT, ANY_PORT] : [port])
}

async function stopRun({ run }: Studio, voice: ServeVoice): Promise<boolean> {
  if (!run.isActive) return false
  await run.cancel()
  voice.note('The run was cancelled; what was finished stays.')
  return true
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done()
    else signal.addEventListener('abort', () => done(), { once: true })
  })
}
