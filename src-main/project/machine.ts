import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'

/** What tells whether a process that is named by its number can be looked for from here. */
export const machineSchema = z.object({
  host: z.string(),
  /** Id of the start of its system; empty where the system has none. */
  boot: z.string(),
  /** Where processes are numbered apart from those of the machine (containers); empty elsewhere. */
  processes: z.string(),
})
export type Machine = z.infer<typeof machineSchema>

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return {
    host: hostname(),
    boot: orElse(
      () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
      () => '',
    ),
    processes: orElse(
      () => readlinkSync('/proc/self/ns/pid'),
      () => '',
    ),
  }
}

/**
 * When a process was started, in the system's own count, so that another one which got its number later is not taken
 * for it. Null where it has ended, if only its parent has not asked yet, or the system does not say.
 */
export function startOf(pid: number): string | null {
  return orElse(
    () => {
      const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // Fields 3 and 22 of proc(5); the name, field 2, may hold spaces and brackets.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields.at(19) ?? null)
    },
    () => null,
  )
}

/** Whether a process of this machine is running. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function orElse<T>(read: () => T, otherwise: () => T): T {
  try {
    return read()
  } catch {
    return otherwise()
  }
}
