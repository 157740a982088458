import { StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import { JOB_RUNNERS } from '../jobs/runners'
import { JOBS, isJobName } from '../jobs/schemas'
import type { JobContext } from './context'
import { connectToParent } from './parent-port'
import { toWorkerSchema, type FromWorker } from './protocol'
import { beat, onBeat } from './pulse'
import { endWithParent } from './end-with-parent'

/** Progress messages are sent at most this often, in milliseconds; the last one always. */
const PROGRESS_INTERVAL = 100

const port = connectToParent()
const send = (message: FromWorker): void => port.send(message)
const running = new Map<number, AbortController>()

port.onMessage((data) => {
  const message = toWorkerSchema.parse(data)
  switch (message.kind) {
    case 'run':
      void run(message.id, message.job, message.input)
      return
    case 'cancel':
      running.get(message.id)?.abort()
      return
    case 'exit':
      process.exit(0)
  }
})
// Not by way of exit(), which would wait for the threads of the database.
port.onDisconnect(() => process.kill(process.pid, 'SIGKILL'))
endWithParent()
// The terminal sends Ctrl-C to the whole group, and so do job schedulers; the main process decides what that means for
// its workers.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined)
onBeat(() => send({ kind: 'alive' }))
send({ kind: 'ready' })

async function run(id: number, job: string, input: unknown): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  try {
    if (!isJobName(job)) throw new StudioError('internal', `No job is called ${job}.`, { hint: '' })
    const runner = JOB_RUNNERS[job] as (input: unknown, context: JobContext) => Promise<unknown>
    const output = await runner(JOBS[job].input.parse(input), contextOf(id, controller.signal))
    send({ kind: 'done', id, output })
  } catch (thrown) {
    send({ kind: 'failed', id, error: toStudioError(thrown).toJSON() })
  } finally {
    running.delete(id)
  }
}

function contextOf(id: number, signal: AbortSignal): JobContext {
  let last = 0
  return {
    signal,
    progress: (done, total) => {
      beat()
      const now = performance.now()
      if (done < total && now - last < PROGRESS_INTERVAL) return
      last = now
      send({ kind: 'progress', id, done, total })
    },
    log: (level, message) => send({ kind: 'log', id, level, message }),
    skipped: (error) => send({ kind: 'skipped', id, error: error.toJSON() }),
  }
}
