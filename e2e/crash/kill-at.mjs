// Loaded before the program (NODE_OPTIONS) by the crash test, so that no fault need be built into the program itself.
// CRASH_LOG: a file that takes the path of every file which gets its final name. CRASH_AT: `before|after` `main|self|all`
// and a path: when a file of that name is renamed into place, before or after it happens, the main process, the process
// that does it, or both are ended as by kill -9. CRASH_DONE is made then, so that it happens once.
import { appendFileSync, closeSync, openSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const { CRASH_LOG: log, CRASH_AT: at, CRASH_DONE: done } = process.env
const [when, who, path] = at?.split(' ') ?? []
const rename = fs.rename

/** Whether this is the first time. */
function isFirst() {
  try {
    closeSync(openSync(done, 'wx'))
    return true
  } catch {
    return false
  }
}

function kill() {
  if (!isFirst()) return
  const isWorker = process.send !== undefined
  if (isWorker && who !== 'self') process.kill(process.ppid, 'SIGKILL')
  if (!isWorker || who !== 'main') process.kill(process.pid, 'SIGKILL')
}

fs.rename = async (from, to) => {
  if (log) appendFileSync(log, `${to}\n`)
  const isIt = path !== undefined && String(to).endsWith(path)
  if (isIt && when === 'before') kill()
  await rename(from, to)
  if (isIt && when === 'after') kill()
}
syncBuiltinESMExports()
