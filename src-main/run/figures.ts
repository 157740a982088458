import { stat } from 'node:fs/promises'
import type { Split } from '../../src-shared/footprint/footprint'
import { listenAs, tableLimits, type RunContext } from './run-context'

/** Draws the distribution of a table, unless the figure is there and newer than the table. */
export async function drawFigure(
  context: RunContext,
  split: Split,
  kind: 'combined' | 'subset',
): Promise<void> {
  const { paths, pool, signal } = context
  const table = kind === 'combined' ? paths.combined(split) : paths.subset(split)
  const output = paths.figure(split, kind)
  const [from, drawn] = await Promise.all([modified(table), modified(output)])
  if (from === null || (drawn !== null && drawn >= from)) return
  const { skipped } = listenAs(context, 'subset', 'figures')
  await pool.run(
    'figure',
    { table, split, kind, output, ...tableLimits(context) },
    { signal, ...(skipped === undefined ? {} : { skipped }) },
  )
}

/** Time of the last change of a file, null where there is none. */
async function modified(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null)
  return found?.mtimeMs ?? null
}
