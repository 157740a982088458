import { mkdir } from 'node:fs/promises'
import type { Leakage } from '../../src-shared/run/leakage'
import { findLeakage } from '../run/find-leakage'
import type { ProjectSession } from '../studio/project-session'

/** The last measure of each open project, with the files it was made of. */
const measured = new WeakMap<ProjectSession, { version: string; leakage: Leakage }>()

/**
 * How near the test patches of a project are to its train patches; null where there is nothing to measure yet.
 * @throws StudioError where a file cannot be read; `cancelled`
 */
export async function leakageOf(
  session: ProjectSession,
  signal: AbortSignal | undefined,
): Promise<Leakage | null> {
  const { paths, project, aside } = session
  const found = await findLeakage(paths, project.settings, paths.windowTemporary)
  if (found === null) return null
  if (found.kind === 'known') return found.leakage
  const before = measured.get(session)
  if (before?.version === found.version) return before.leakage
  await mkdir(paths.windowTemporary, { recursive: true })
  const leakage = await aside.run('leakage', found.input, { signal: signal ?? new AbortController().signal })
  measured.set(session, { version: found.version, leakage })
  return leakage
}
