import { utilityProcess } from 'electron'
import { fileURLToPath } from 'node:url'
import { WORKER } from '../software'
import { WORKER_FLAGS } from '../workers/fork-worker'
import type { SpawnWorker, WorkerPort } from '../workers/worker-port'

/** Name of the processes in lists of processes. */
const SERVICE_NAME = 'GEDI Dataset Studio worker'

/**
 * Starts workers as Electron's utility processes, which use its own Node: the packaged program brings no other.
 * @param entry path of the built worker file
 */
export function utilityWorkers(entry: string = fileURLToPath(WORKER)): SpawnWorker {
  return (): WorkerPort => {
    const child = utilityProcess.fork(entry, [], {
      // Flags of V8 pass only in this form; by themselves they are taken for Chromium's and have no effect.
      execArgv: [`--js-flags=${WORKER_FLAGS.join(' ')}`],
      serviceName: SERVICE_NAME,
      stdio: 'inherit',
    })
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => {
        let fault: string | null = null
        // Comes before the exit where V8 itself gave up, most often for want of memory.
        child.on('error', (type, location) => (fault = `${type} in ${location}`))
        child.once('exit', (code) => listener(fault ?? `exit code ${code}`))
      },
      kill: () => {
        if (child.pid === undefined) child.once('spawn', () => endNow(child.pid))
        else endNow(child.pid)
      },
      get pid() {
        return child.pid ?? null
      },
    }
  }
}

/** Ends a process at once. Electron's own kill() asks first, and a worker in the middle of a computation does not hear. */
function endNow(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
