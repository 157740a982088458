// Stands in for the worker process in tests of the pool. It does `table` jobs; the table's name says how they go, and
// a `file` behind it lets only the first try go wrong: the file is made then.
import { closeSync, existsSync, openSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'

// Memory runs out at once rather than after gigabytes.
setFlagsFromString('--max-old-space-size=30')

const FAULTS = {
  fine: () => undefined,
  // As native code that goes wrong; by the signal, and then for good before anything else is done.
  crash: () => {
    process.kill(process.pid, 'SIGSEGV')
    for (;;);
  },
  exit: () => process.exit(7),
  memory: () => {
    const kept = []
    for (;;) kept.push(new Array(10_000).fill(kept.length))
  },
  computing: () => {
    for (;;);
  },
  waiting: () => new Promise(() => undefined),
  // Longer than the pool of the test waits, but never silent for so long.
  slow: async (id) => {
    for (let i = 0; i < 8; i++) {
      await wait(250)
      process.send(i % 2 === 0 ? { kind: 'alive' } : { kind: 'progress', id, done: i, total: 8 })
    }
  },
}

process.on('message', async ({ kind, id, input }) => {
  if (kind !== 'run') return
  const [fault, marker] = input.table.split(' ')
  const isFirst = marker === undefined || !existsSync(marker)
  if (marker !== undefined && isFirst) closeSync(openSync(marker, 'w'))
  process.send({ kind: 'progress', id, done: 0, total: 1 })
  if (isFirst) await FAULTS[fault](id)
  process.send({ kind: 'done', id, output: { rows: process.pid } })
})
process.on('disconnect', () => process.exit())
