/** Batches that one task of a job array cuts, counted over train, then test. */
export interface TaskRange {
  /** Number of the task in its array. */
  task: number
  first: number
  last: number
}

/**
 * Cuts batches [first, first + count) into tasks of `perTask` batches each, and leaves out the tasks that have nothing to
 * do. A batch keeps its task whatever is finished, so that tasks can be submitted again alone.
 * @param isDone whether a batch needs no more work
 */
export function openTasks(
  first: number,
  count: number,
  perTask: number,
  isDone: (batch: number) => boolean,
): TaskRange[] {
  const ranges: TaskRange[] = []
  for (let task = 0; task * perTask < count; task++) {
    const begin = first + task * perTask
    const last = Math.min(begin + perTask, first + count) - 1
    let isOpen = false
    for (let batch = begin; batch <= last && !isOpen; batch++) isOpen = !isDone(batch)
    if (isOpen) ranges.push({ task, first: begin, last })
  }
  return ranges
}

/** Ascending numbers as sbatch takes them: `0-5,8`. */
export function arrayWord(tasks: readonly number[]): string {
  const runs: { from: number; to: number }[] = []
  for (const task of tasks) {
    const run = runs.at(-1)
    if (run !== undefined && run.to + 1 === task) run.to = task
    else runs.push({ from: task, to: task })
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}
