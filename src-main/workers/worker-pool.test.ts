import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { JobInput } from '../../src-worker/jobs/schemas'
import { forkWorkers } from './fork-worker'
import { WorkerPool } from './worker-pool'

const folder = mkdtempSync(join(tmpdir(), 'pool-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const spawn = forkWorkers(fileURLToPath(new URL('faulty-worker-fixture.mjs', import.meta.url)))
const STALL_SECONDS = 1.2

let pool = new WorkerPool(spawn, 1)
afterEach(() => pool.close())

const signal = new AbortController().signal
let markers = 0
const table = (name: string): JobInput<'table'> => ({
  table: name,
  output: null,
  memoryMb: 64,
  tempDirectory: '',
})
const once = (fault: string): JobInput<'table'> => table(`${fault} ${join(folder, `marker${markers++}`)}`)

describe('a worker that dies', () => {
  it.each(['crash', 'exit', 'memory', 'computing', 'waiting'])(
    'of %s is replaced, and its work done by the next',
    async (fault) => {
      pool = new WorkerPool(spawn, 1, { stallSeconds: STALL_SECONDS })
      const { rows: first } = await pool.run('table', table('fine'), { signal })
      const { rows: second } = await pool.run('table', once(fault), { signal })
      expect(second).not.toBe(first)
      expect(pool.pids).toEqual([second])
    },
  )

  it('three times of the same work ends it with an error that says of what', async () => {
    pool = new WorkerPool(spawn, 1)
    await expect(pool.run('table', table('crash'), { signal })).rejects.toMatchObject({
      tag: 'worker-died',
      message: expect.stringContaining('in the middle of its work (SIGSEGV)') as unknown,
    })
    expect((await pool.run('table', table('fine'), { signal })).rows).toBeGreaterThan(0)
  })

  it('does not keep the others from their work, and whoever is told may give another piece in its place', async () => {
    pool = new WorkerPool(spawn, 2, { stallSeconds: STALL_SECONDS })
    const inputs = ['fine', 'crash', 'fine', 'fine'].map(table)
    const done: number[] = []
    const failed: [number, string, number][] = []
    await pool.runAll(
      'table',
      inputs,
      ({ index }) => void done.push(index),
      async ({ index, error, attempt }) => {
        await expect(attempt(table('waiting'))).rejects.toThrow(/no progress for 1.2 s/)
        failed.push([index, error.tag, (await attempt(table('fine'))).rows])
      },
      () => ({ signal }),
    )
    expect(done.sort()).toEqual([0, 2, 3])
    expect(failed).toEqual([[1, 'worker-died', expect.any(Number)]])
  })
})

describe('a worker that is slow', () => {
  it('is left alone as long as it gives signs of life', async () => {
    pool = new WorkerPool(spawn, 1, { stallSeconds: STALL_SECONDS })
    const { rows: pid } = await pool.run('table', table('fine'), { signal })
    expect(await pool.run('table', table('slow'), { signal })).toEqual({ rows: pid })
  })
})

describe('a job that is cancelled', () => {
  it.each(['computing', 'waiting'])(
    'while its worker hangs (%s) ends all the same, with its process',
    async (fault) => {
      pool = new WorkerPool(spawn, 1)
      await pool.run('table', table('fine'), { signal })
      const stop = new AbortController()
      const job = pool.run('table', table(fault), { signal: stop.signal, progress: () => stop.abort() })
      await expect(job).rejects.toMatchObject({ tag: 'cancelled' })
      expect(pool.pids).toEqual([])
    },
  )
})
