import { join } from 'node:path'
import type { GranuleInspection, GranuleRow } from '../../src-shared/api/inspection'
import { StudioError, type SerializedError } from '../../src-shared/errors/studio-error'
import type { Project } from '../../src-shared/run/project'
import { isoSeconds } from '../../src-shared/footprint/time'
import { parseGranuleName } from '../../src-worker/footprints/granule-name'
import { findGranules, type GranuleFile } from '../../src-worker/footprints/granule-search'
import { ingestedSummaries } from '../../src-worker/footprints/granule-summary'
import type { IngestedGranule } from '../../src-worker/footprints/granule-overlap'
import type { ProjectPaths } from '../project/project-paths'

/** The Parquet file of a granule in the project. */
function parquetOf(paths: ProjectPaths, { name }: GranuleFile): string {
  return join(paths.footprints, name.replace(/\.[^.]+$/, '.parquet'))
}

/**
 * What is in the GEDI inputs of a project: granules with what is known of them, and what cannot be used. An input that is out
 * of reach is a problem, not an error.
 * @param skipped inputs that the last run left out
 */
export async function inspectGranules(
  paths: ProjectPaths,
  project: Project,
  skipped: readonly SerializedError[],
): Promise<GranuleInspection> {
  const problems: StudioError[] = []
  const found = new Map<string, GranuleFile>()
  for (const input of project.sources.inputs) {
    try {
      const search = await findGranules([input])
      problems.push(...search.problems)
      for (const granule of search.granules) found.set(granule.path, granule)
    } catch (thrown) {
      if (!(thrown instanceof StudioError)) throw thrown
      problems.push(thrown)
    }
  }
  const failed = new Map(skipped.map((error) => [error.file, error] as const))
  const granules = [...found.values()]
  const summaries = await ingestedSummaries(
    granules.map((granule) => ({ granule, parquet: parquetOf(paths, granule) })),
  )
  const rows = granules.map((granule, at): GranuleRow => {
    const name = parseGranuleName(granule.name)
    const summary = summaries[at]
    return {
      name: granule.name,
      path: granule.path,
      bytes: granule.size,
      acquired: isoSeconds(name?.acquisitionTime ?? 0),
      orbit: name?.orbit ?? 0,
      shots: summary?.shots ?? null,
      problem: summary === null ? (failed.get(granule.path) ?? null) : null,
    }
  })
  rows.sort((a, b) => (a.acquired < b.acquired ? -1 : a.acquired > b.acquired ? 1 : a.name < b.name ? -1 : 1))
  return { granules: rows, problems: problems.map((problem) => problem.toJSON()) }
}

/**
 * The granules of a project that are read into it, and how many are not.
 * @throws StudioError `input-missing`
 */
export async function ingestedGranules(
  paths: ProjectPaths,
  granules: readonly GranuleFile[],
): Promise<{ ingested: IngestedGranule[]; missing: number }> {
  const tables = granules.map((granule) => ({ granule, parquet: parquetOf(paths, granule) }))
  const summaries = await ingestedSummaries(tables)
  const ingested = tables.flatMap(({ parquet }, at): IngestedGranule[] => {
    const summary = summaries[at]
    return summary === null ? [] : [{ parquet, summary }]
  })
  return { ingested, missing: granules.length - ingested.length }
}
