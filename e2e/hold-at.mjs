// Loaded before the program (NODE_OPTIONS) by the test of a cluster: a process that is about to give a file its final name stops
// there for good, so that a task can be ended in the middle of a batch. HOLD_AT: the end of the file's name; HOLD_WHILE: a file,
// which must be there to hold; next to it, with `.held` behind its name, a file tells that somebody is held.
import { existsSync, writeFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const { HOLD_AT: at, HOLD_WHILE: order } = process.env
const rename = fs.rename

fs.rename = async (from, to) => {
  if (at && order && String(to).endsWith(at) && existsSync(order)) {
    writeFileSync(`${order}.held`, '')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }
  await rename(from, to)
}
syncBuiltinESMExports()
