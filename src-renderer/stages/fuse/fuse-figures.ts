import type { Funnel, RunState } from '../../../src-shared/api/run-state'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { SPLITS } from '../../../src-shared/footprint/footprint'
import { REJECTION_REASONS, type RejectionReason } from '../../../src-shared/footprint/rejection'
import { reasonsInOrder, type ReviewCounts } from '../../../src-shared/review/marks'
import { counted } from '../../../src-shared/wording/counted'

/** What becomes of the footprints of a split in its dataset. */
export interface SplitFigures {
  /** Footprints of the subset. */
  asked: number
  /** Samples that go into the dataset. */
  samples: number
  /** Samples that the review excludes, and by reason; one that is excluded for several counts under each. */
  excluded: { total: number; reasons: ReturnType<typeof reasonsInOrder> }
  /** Footprints that the checks rejected, by reason in the order of the checks; reasons without any are left out. */
  rejected: { reason: RejectionReason; count: number }[]
  /** Footprints whose imagery could not be read. */
  failed: number
  /** Footprints that were not looked at yet. */
  open: number
}

/** The figures of a split from the counts of its run, and those of its marks. */
export function figuresOf(
  { asked, rejected, failed, samples: cut }: Funnel,
  marks: ReviewCounts | null = null,
): SplitFigures {
  const reasons = Object.keys(REJECTION_REASONS) as RejectionReason[]
  const list = reasons
    .map((reason) => ({ reason, count: rejected[reason] ?? 0 }))
    .filter(({ count }) => count > 0)
  const sum = list.reduce((total, { count }) => total + count, 0)
  const excluded = Math.min(cut, marks?.exclude ?? 0)
  return {
    asked,
    samples: cut - excluded,
    excluded: { total: excluded, reasons: marks === null ? [] : reasonsInOrder(marks) },
    rejected: list,
    failed,
    open: Math.max(0, asked - cut - sum - failed),
  }
}

/**
 * What fusing will do, or why there is nothing to do: short sentences.
 * @param excluded samples that the review excludes
 */
export function fuseWords(
  project: Pick<ProjectState, 'stages'>,
  funnel: RunState['funnel'],
  excluded = 0,
): string[] {
  const { generate, fuse } = project.stages
  const both = SPLITS.map((split) => figuresOf(funnel[split]))
  const [open, failed] = [sumOf(both, 'open'), sumOf(both, 'failed')]
  if (generate.state === 'stale') {
    return [
      `${generate.staleBecause ?? 'Samples are out of date'}. Samples are cut anew before they are fused.`,
    ]
  }
  const first = [...openWords(open), ...failedWords(failed)]
  if (first.length > 0) return first
  if (fuse.state === 'stale') return [`${fuse.staleBecause ?? 'The datasets are out of date'}.`]
  if (fuse.state !== 'done') return []
  const but = excluded === 0 ? '' : ` but ${counted(excluded, 'sample')} that Review excludes`
  return [`The datasets hold all samples that were cut${but}.`]
}

function openWords(open: number): string[] {
  if (open === 0) return []
  return [`${counted(open, 'footprint')} ${open === 1 ? 'is' : 'are'} not cut yet. That is done first.`]
}

function failedWords(failed: number): string[] {
  if (failed === 0) return []
  const again = failed === 1 ? 'It is' : 'They are'
  return [
    `${counted(failed, 'footprint')} could not be read. ${again} tried once more; what fails again is left out.`,
  ]
}

/** What the button does first. */
export function fuseLabel(project: Pick<ProjectState, 'stages'>, funnel: RunState['funnel']): string {
  const { generate, fuse } = project.stages
  const open = sumOf(
    SPLITS.map((split) => figuresOf(funnel[split])),
    'open',
  )
  if (generate.state === 'stale' || open > 0) return 'Cut and fuse'
  return fuse.state === 'stale' ? 'Fuse again' : 'Fuse'
}

function sumOf(figures: readonly SplitFigures[], name: 'open' | 'failed'): number {
  return figures.reduce((sum, each) => sum + each[name], 0)
}
