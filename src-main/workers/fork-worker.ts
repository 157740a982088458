import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { WORKER } from '../software'
import type { SpawnWorker, WorkerPort } from './worker-port'

/**
 * There is one worker a core, so V8's helper threads for garbage collection only take turns with the workers: without
 * them cutting sparse footprints costs 12 to 20 % less processor time (npm run bench).
 */
export const WORKER_FLAGS = ['--single-threaded-gc']

/**
 * Starts workers as Node child processes.
 * @param entry path of the built worker file
 */
export function forkWorkers(entry: string = fileURLToPath(WORKER)): SpawnWorker {
  const running = new Set<ChildProcess>()
  // A program that ends at once, as on a second Ctrl-C, leaves nobody working on its files.
  process.on('exit', () => {
    for (const child of running) child.kill('SIGKILL')
  })
  return (): WorkerPort => {
    const child = fork(entry, [], {
      execArgv: WORKER_FLAGS,
      // Structured clone: pictures and map tiles travel as bytes.
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    running.add(child)
    child.on('exit', () => running.delete(child))
    return {
      // A message to a process that has just died is lost; its exit is reported all the same.
      send: (message) => {
        if (child.connected) child.send(message as object, () => undefined)
      },
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => {
        let told = false
        const tell = (reason: string): void => {
          if (!told) listener(reason)
          told = true
        }
        child.on('exit', (code, signal) => tell(signal ?? `exit code ${code ?? 'unknown'}`))
        child.on('error', (error) => tell(error.message))
      },
      kill: () => child.kill('SIGKILL'),
      get pid() {
        return child.pid ?? null
      },
    }
  }
}
