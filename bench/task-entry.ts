import { z } from 'zod'
import { TASKS, type TaskName } from './tasks/tasks'
import { measure, type Cost, type Measured, type Task } from './tasks/task'

/** The process that does one task: takes its name and input from its parent, sends back output and cost. */
const requestSchema = z.object({ name: z.string(), input: z.unknown() })

process.once('message', (message) => {
  void answer(message)
})

async function answer(message: unknown): Promise<void> {
  try {
    const { name, input } = requestSchema.parse(message)
    if (!isTaskName(name)) throw new Error(`no task is called ${name}`)
    process.send?.(await perform(TASKS[name], input))
  } catch (error) {
    process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
  process.disconnect()
}

async function perform(
  task: Task<unknown, unknown>,
  input: unknown,
): Promise<{ output: unknown; measured: Measured }> {
  let cost: Cost = { seconds: 0, cpu: 0 }
  const output = await task.run(task.input.parse(input), async (work) => {
    const timed = await measure(work)
    cost = timed.cost
    return timed.result
  })
  return { output, measured: { ...cost, peakBytes: process.resourceUsage().maxRSS * 1024 } }
}

function isTaskName(name: string): name is TaskName {
  return Object.hasOwn(TASKS, name)
}
