import { Worker } from 'node:worker_threads'

/**
 * Ends the process once the one that started it is gone. A process that is computing does not hear its line close, and
 * one that hangs never would; therefore a thread looks. Nothing is lost: files get their names when they are complete.
 */
const WATCH = `
const { workerData } = require('node:worker_threads')
const isGone = () => {
  if (process.platform !== 'win32') return process.ppid !== workerData.parent
  try {
    process.kill(workerData.parent, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}
setInterval(() => {
  if (isGone()) process.kill(process.pid, 'SIGKILL')
}, workerData.everyMs)
`

const EVERY_MS = 500

/** Megabytes that the thread may use; its default would be those of a whole program. */
const LIMITS = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 }

/** Begins to watch the parent process. Not for Electron's utility processes, which Chromium ends with the program. */
export function endWithParent(): void {
  if ((process as { parentPort?: unknown }).parentPort !== undefined) return
  const workerData = { parent: process.ppid, everyMs: EVERY_MS }
  new Worker(WATCH, { eval: true, workerData, resourceLimits: LIMITS }).unref()
}
