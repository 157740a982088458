import type { SourceCheck } from '../../src-shared/api/inspection'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import { refuseProvider } from '../run/imagery-steps'
import type { PathGrants } from '../studio/path-grants'
import type { ProjectSession } from '../studio/project-session'
import { checkSource } from './named-paths'

/** Problems that are sent one by one; the others are only counted. */
const SHOWN = 200

interface Sources {
  source: string
  demSource: string | null
  landcoverSource: string | null
}

/**
 * Reads what imagery sources offer.
 * @throws StudioError as the job; `usage` for a provider that is not read yet
 */
export async function checkImagery(
  session: ProjectSession,
  grants: PathGrants,
  { source, demSource, landcoverSource }: Sources,
  signal: AbortSignal | undefined,
): Promise<SourceCheck> {
  const sources = { source, demSource: demSource ?? source, landcoverSource: landcoverSource ?? source }
  const before = session.project.sources
  const known = [before.source, before.demSource, before.landcoverSource]
  for (const name of Object.values(sources)) {
    if (!known.includes(name)) checkSource(grants, name)
    refuseProvider(name)
  }
  const started = performance.now()
  const problems: SerializedError[] = []
  let problemsTotal = 0
  const found = await session.aside.run('catalog-check', sources, {
    signal: signal ?? new AbortController().signal,
    skipped: (error) => {
      problemsTotal++
      if (problems.length < SHOWN) problems.push(error.toJSON())
    },
  })
  return { ...found, seconds: (performance.now() - started) / 1000, problems, problemsTotal }
}
