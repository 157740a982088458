import type { GridSample } from '../../../src-shared/api/contract'
import { LARGEST_PAGE } from '../../../src-shared/patches/patch-list'
import type { Mark, ReviewReason } from '../../../src-shared/review/marks'
import { studio } from '../../connection/studio'
import type { IndexRange } from '../../review/index-ranges'
import { markSamples, showMarks } from '../../review/marks-store'
import { ask } from '../../stores/change'
import { samples, useReview } from './review-store'
import { sampleAt } from './sample-list-state'
import { selectedRanges } from './selection'

/** What keys and buttons act on: the patch that is shown large, else all that is selected. */
function markedRanges(): readonly IndexRange[] {
  const { selected, lost } = samples.store.getState()
  if (useReview.getState().open && selected !== null)
    // What is shown large and has left the list is not what is selected.
    return lost === null ? [{ first: selected.index, last: selected.index }] : []
  return selectedRanges()
}

/**
 * Marks what is selected. Samples whose pages are there show it at once; those beyond are looked up first, so that all are
 * marked in one step.
 * @param reasons null leaves those that samples have
 */
export async function markSelected(
  mark: Mark | null,
  reasons: readonly ReviewReason[] | null = null,
): Promise<void> {
  const ranges = markedRanges()
  const { there, isWhole } = knownSamples(ranges)
  if (isWhole) return markSamples(there, mark, reasons)
  const takeBack = showMarks(there, mark, reasons)
  const found: { all: readonly GridSample[] | null } = { all: null }
  await ask(async () => (found.all = await lookUp(ranges)))
  if (found.all === null) takeBack()
  else await markSamples(found.all, mark, reasons)
}

/** The selected samples whose pages are loaded, and whether these are all. */
export function knownSamples(ranges: readonly IndexRange[]): { there: GridSample[]; isWhole: boolean } {
  const state = samples.store.getState()
  const there: GridSample[] = []
  let isWhole = true
  for (const { first, last } of ranges) {
    for (let index = first; index <= last; index++) {
      const sample = index === state.selected?.index ? state.selected.sample : sampleAt(state, index)
      if (sample === null) isWhole = false
      else there.push(sample)
    }
  }
  return { there, isWhole }
}

async function lookUp(ranges: readonly IndexRange[]): Promise<GridSample[]> {
  const client = await studio()
  const { query } = useReview.getState()
  const found: GridSample[] = []
  for (const { first, last } of ranges) {
    for (let offset = first; offset <= last; offset += LARGEST_PAGE) {
      const limit = Math.min(LARGEST_PAGE, last - offset + 1)
      const page = await client.patches.list({ ...query, offset, limit, find: [] })
      found.push(...page.samples)
    }
  }
  return found
}
