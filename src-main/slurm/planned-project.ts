import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import type { Project } from '../../src-shared/run/project'
import type { BatchRecord } from '../../src-worker/jobs/schemas'
import type { ProjectPaths } from '../project/project-paths'
import { StepsFile } from '../project/steps-file'
import { batchesOf, finishedBatch } from '../run/batch-step'
import { plannedSplits } from '../run/run-batches'
import type { SplitRange } from './job-script'

/** The batches of a planned project and which of them are finished. */
export interface PlannedProject {
  ranges: readonly SplitRange[]
  /** Records of all batches, over train and test; null for those that are not finished. */
  records: readonly (BatchRecord | null)[]
  /** Footprints of each batch. */
  footprints: readonly number[]
}

/**
 * Looks at the plan and the batches of a project.
 * @param before what an earlier look found: batches that were done then, of the same plan, are not looked at again
 * @throws StudioError `usage` where it is not planned
 */
export async function plannedProject(
  paths: ProjectPaths,
  project: Project,
  before: PlannedProject['records'] = [],
): Promise<PlannedProject> {
  const steps = await StepsFile.open(paths)
  const { plans, keys } = plannedSplits(steps, project)
  const all = batchesOf(plans, project.settings.batchSize)
  const records: (BatchRecord | null)[] = []
  for (const [index, id] of all.entries()) {
    const known = before.at(index) ?? null
    const isKnown = isDone(known) && known?.key === keys[`batch:${id.split}`] && known.batch === id.batch
    records.push(isKnown ? known : await finishedBatch({ paths, keys, project }, id))
  }
  const ranges = SPLITS.flatMap((split: Split) => {
    const first = all.findIndex((batch) => batch.split === split)
    return first < 0 ? [] : [{ split, first, count: all.filter((batch) => batch.split === split).length }]
  })
  return { ranges, records, footprints: all.map(({ footprints }) => footprints) }
}

/** Whether nothing is left to do for a batch. */
export function isDone(record: BatchRecord | null): boolean {
  return record?.failures.length === 0
}
