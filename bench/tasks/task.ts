import { z } from 'zod'

/** What a piece of work cost the process that did it. */
export const costSchema = z.object({
  seconds: z.number(),
  /** Seconds of all threads of the process. */
  cpu: z.number(),
})
export type Cost = z.infer<typeof costSchema>

/** A cost with the most memory that the process ever had, bytes. */
export const measuredSchema = costSchema.extend({ peakBytes: z.number() })
export type Measured = z.infer<typeof measuredSchema>

/** Times the part of a task that counts; what comes before is preparation. */
export type Timed = <Result>(work: () => Promise<Result>) => Promise<Result>

/** Work that is done in a process of its own, so that its time and memory are its own. */
export interface Task<Input, Output> {
  input: z.ZodType<Input>
  output: z.ZodType<Output>
  run(input: Input, timed: Timed): Promise<Output>
}

/** Runs `work` and says what it cost. */
export async function measure<Result>(work: () => Promise<Result>): Promise<{ result: Result; cost: Cost }> {
  const cpuBefore = process.cpuUsage()
  const started = performance.now()
  const result = await work()
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  return { result, cost: { seconds, cpu: (user + system) / 1e6 } }
}
