import type { Split } from '../../src-shared/footprint/footprint'
import type { Project } from '../../src-shared/run/project'
import type { BatchRecord } from '../../src-worker/jobs/schemas'
import type { ProjectPaths } from '../project/project-paths'
import { batchesOf, finishedBatch } from '../run/batch-step'
import { rejectionLines } from '../run/rejections-file'
import type { ProjectSurvey } from './project-survey'

/**
 * Lines of `rejections.csv` for the batches that are finished now, some at a time: the file itself is written only when
 * a run has come to its end. Records are read one by one, so that it does not matter how many there are.
 */
export async function* rejectedFootprints(
  paths: ProjectPaths,
  project: Project,
  { plans, keys }: Pick<ProjectSurvey, 'plans' | 'keys'>,
): AsyncGenerator<string[], void, void> {
  if (keys === null) return
  const place = { paths, project, keys }
  const ids = batchesOf(plans, project.settings.batchSize)
  async function* recordsOf(split: Split): AsyncGenerator<BatchRecord | null, void, void> {
    for (const id of ids) if (id.split === split) yield await finishedBatch(place, id)
  }
  for (const split of plans.keys()) yield* rejectionLines(paths, split, recordsOf(split))
}
