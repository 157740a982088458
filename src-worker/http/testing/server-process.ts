import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ImageryServerOptions, SeenRequest, ServerCounters } from './imagery-server'
import type { FromParent } from './server-entry'

export interface ServerProcess {
  /** Address without a slash at its end. */
  url: string
  /** What it has answered so far. */
  look(): Promise<{ counters: ServerCounters; seen: SeenRequest[] }>
  /** Lets changed files be seen. */
  reload(): Promise<void>
  close(): Promise<void>
}

/** Options that can be sent to another process. */
export type ServerProcessOptions = Omit<ImageryServerOptions, 'special' | 'stac'> & {
  stac?: Omit<NonNullable<ImageryServerOptions['stac']>, 'rewriteHref'>
}

/**
 * The server of imagery in a process of its own, so that it and those who measure against it do not wait for each
 * other. Node 20 runs no TypeScript; the server is built into a temporary folder first.
 */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'imagery-server-'))
  const child = fork(await buildServer(folder), [], { execArgv: [] })
  const ask = <T>(message: FromParent): Promise<T> =>
    new Promise((resolve, reject) => {
      const done = (answer: unknown): void => {
        child.off('exit', died)
        const failed = typeof answer === 'object' && answer !== null && 'error' in answer
        if (failed) reject(new Error(String(answer.error)))
        // The other side is server-entry.ts, built a moment ago from the same sources.
        else resolve(answer as T)
      }
      const died = (): void => {
        child.off('message', done)
        reject(new Error('the process of the server ended'))
      }
      child.once('message', done)
      child.once('exit', died)
      child.send(message)
    })
  const { url } = await ask<{ url: string }>({ kind: 'start', options })
  // One question at a time: answers carry no names.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(message: FromParent): Promise<T> => {
    const answer = last.then(() => ask<T>(message))
    last = answer.catch(() => undefined)
    return answer
  }
  return {
    url,
    look: () => inTurn({ kind: 'look' }),
    reload: async () => {
      await inTurn({ kind: 'reload' })
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.disconnect()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Path of the built entry. */
async function buildServer(folder: string): Promise<string> {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: projectFolder(),
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: join(projectFolder(), 'src-worker/http/testing/server-entry.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'server.mjs' } },
    },
  })
  return join(folder, 'server.mjs')
}

/** This file may be part of a bundle elsewhere in the project. */
function projectFolder(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}
