import { mkdir } from 'node:fs/promises'
import type { SourceCheck } from '../../src-shared/api/inspection'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import type { PathGrants } from '../studio/path-grants'
import type { ProjectSession } from '../studio/project-session'
import { loadCredentials } from '../run/credentials'
import { checkSource } from './named-paths'

/** Problems that are sent one by one; the others are only counted. */
const SHOWN = 200

interface Sources {
  source: string
  demSource: string | null
  landcoverSource: string | null
}

/**
 * Reads what imagery folders offer, and asks servers whether they answer.
 * @throws StudioError as the job; `path-not-allowed`
 */
export async function checkImagery(
  session: ProjectSession,
  grants: PathGrants,
  { source, demSource, landcoverSource }: Sources,
  signal: AbortSignal | undefined,
): Promise<SourceCheck> {
  const before = session.project.sources
  const known = [before.source, before.demSource, before.landcoverSource]
  for (const name of [source, demSource, landcoverSource]) {
    if (!known.includes(name)) checkSource(grants, name)
  }
  if (await loadCredentials({ source, demSource, landcoverSource })) session.aside.kill()
  const started = performance.now()
  const problems: SerializedError[] = []
  let problemsTotal = 0
  const tempDirectory = session.paths.windowTemporary
  await mkdir(tempDirectory, { recursive: true })
  const input = { source, demSource, landcoverSource, settings: session.project.settings, tempDirectory }
  const found = await session.aside.run('catalog-check', input, {
    signal: signal ?? new AbortController().signal,
    skipped: (error) => {
      problemsTotal++
      if (problems.length < SHOWN) problems.push(error.toJSON())
    },
  })
  return { ...found, seconds: (performance.now() - started) / 1000, problems, problemsTotal }
}
