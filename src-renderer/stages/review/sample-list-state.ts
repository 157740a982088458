import type { GridSample } from '../../../src-shared/api/contract'
import type { SampleFileKey, SampleRef } from '../../../src-shared/api/run-state'
import type { SerializedError, StudioError } from '../../../src-shared/errors/studio-error'
import type { Split } from '../../../src-shared/footprint/footprint'
import type { PatchFilters } from '../../../src-shared/patches/patch-filters'
import type { PatchOrder } from '../../../src-shared/patches/patch-list'

/** Samples that one request brings. */
export const PAGE_SIZE = 200

/** Which samples, in which order. */
export interface SampleQuery {
  split: Split | null
  order: PatchOrder
  descending: boolean
  /** Samples of this file instead of the batches. */
  file?: SampleFileKey | null
  filters?: PatchFilters
}

/** What is asked of the studio. */
export interface PageRequest extends SampleQuery {
  offset: number
  limit: number
  /** Samples whose places in the order are asked for too. */
  find: SampleRef[]
}

/** What the studio answers. */
export interface PageAnswer {
  /** Samples that the filters leave, and all of them. */
  total: number
  of: number
  samples: GridSample[]
  /** Places of the samples that were asked for; null for those that are gone. */
  found: (number | null)[]
  faults: SerializedError[]
  /** What a file that is no batch lacks of a dataset, a line each. */
  missing: string[]
  version: string
}

/** A place in the list, and its sample once that is loaded. */
export interface Selection {
  index: number
  sample: GridSample | null
}

export interface SampleListState {
  /** Samples that the filters leave; null until the first answer. */
  total: number | null
  /** Samples of all files that can be read. */
  of: number
  pages: ReadonlyMap<number, readonly GridSample[]>
  /** Batch files that cannot be read. */
  faults: readonly SerializedError[]
  missing: readonly string[]
  /** Changes when any batch file was written. */
  version: string
  /** Why the last request failed; what was loaded before is still there. */
  error: StudioError | null
  selected: Selection | null
  /** The sample that was selected and held when it left the list, until another one is selected or it is back. */
  lost: GridSample | null
  /** Raised when the selected sample has to come into view. */
  reveal: number
  /** Where the sample went that the view holds on to, after the list was loaded anew. */
  moved: { from: number; to: number } | null
}

export const EMPTY_LIST: SampleListState = {
  total: null,
  of: 0,
  pages: new Map(),
  faults: [],
  missing: [],
  version: '',
  error: null,
  selected: null,
  lost: null,
  reveal: 0,
  moved: null,
}

/** The sample at a place; null while its page is not loaded. */
export function sampleAt({ pages }: Pick<SampleListState, 'pages'>, index: number): GridSample | null {
  return pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE] ?? null
}

/** The pages that hold the places from first to last, as far as there are any. */
export function pagesOf(first: number, last: number, total: number): number[] {
  const from = Math.floor(Math.max(first, 0) / PAGE_SIZE)
  const to = Math.floor(Math.min(last, total - 1) / PAGE_SIZE)
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, i) => from + i)
}

/**
 * The selection after the list was loaded anew: where its sample went; else the place nearest to where it was; the first
 * sample where none was selected.
 */
export function reselected(before: Selection | null, place: number | null, total: number): Selection | null {
  if (total === 0) return null
  if (before === null) return { index: 0, sample: null }
  if (place !== null) return { index: place, sample: before.sample }
  return { index: Math.min(before.index, total - 1), sample: null }
}
