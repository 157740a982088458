import { create } from 'zustand'
import type { SampleRef } from '../../src-shared/api/run-state'
import type { StudioError } from '../../src-shared/errors/studio-error'
import {
  markKey,
  MOST_MARKED,
  type Mark,
  type MarkedSample,
  type ReviewReason,
  type ReviewState,
} from '../../src-shared/review/marks'
import { counted } from '../../src-shared/wording/counted'
import { follow } from '../connection/studio'
import { ask } from '../stores/change'

/** A mark as thumbnails show it. */
export interface ShownMark {
  mark: Mark
  reasons: readonly ReviewReason[]
}

interface ReviewStore {
  /** Counts, undo and what does not apply; null until the studio has answered. */
  review: Omit<ReviewState, 'fresh' | 'marks'> | null
  /** Why there are no marks, where they cannot be read. */
  fault: StudioError | null
  /** What was done last, for screen readers. */
  said: string
  /** Changes with every mark; the marks themselves are beside the store, so that many need not be copied for one. */
  revision: number
}

const EMPTY: ReviewStore = { review: null, fault: null, said: '', revision: 0 }
export const useReviewMarks = create<ReviewStore>()(() => EMPTY)

const marks = new Map<string, ShownMark>()
/** Places whose mark was asked for and not answered yet: what is shown there is what was asked for last. */
const held = new Map<string, number>()

/** The mark of a sample; null where it has none. Only samples of batches have marks. */
export function markOf(sample: SampleRef): ShownMark | null {
  return sample.file === undefined ? (marks.get(markKey(sample)) ?? null) : null
}

export function useMark(sample: SampleRef | null): ShownMark | null {
  return useReviewMarks(() => (sample === null ? null : markOf(sample)))
}

/** Follows the marks of the project that is open. @returns ends the following */
export function followMarks(): () => void {
  const stop = new AbortController()
  marks.clear()
  held.clear()
  useReviewMarks.setState(EMPTY)
  const failed = (fault: StudioError): void => useReviewMarks.setState({ fault })
  void follow((client, signal) => client.review.watch(undefined, { signal }), take, stop.signal, { failed })
  return () => stop.abort()
}

function take({ fresh, marks: changed, ...review }: ReviewState): void {
  if (fresh) for (const key of [...marks.keys()]) if (!held.has(key)) marks.delete(key)
  for (const { mark, reasons, ...sample } of changed) {
    const key = markKey(sample)
    if (!held.has(key)) put(key, mark === null ? null : { mark, reasons })
  }
  useReviewMarks.setState(({ revision }) => ({ review, fault: null, revision: revision + 1 }))
}

function put(key: string, shown: ShownMark | null): void {
  if (shown === null) marks.delete(key)
  else marks.set(key, shown)
}

/**
 * Shows marks at once, before the studio has been asked.
 * @returns takes them back
 */
export function showMarks(
  samples: readonly SampleRef[],
  mark: Mark | null,
  reasons: readonly ReviewReason[] | null,
): () => void {
  const before = samples.map((sample) => [markKey(sample), markOf(sample)] as const)
  for (const [key, old] of before) {
    const kept = old?.mark === 'exclude' ? old.reasons : []
    put(key, mark === null ? null : { mark, reasons: mark === 'keep' ? [] : (reasons ?? kept) })
  }
  changed()
  return () => {
    for (const [key, old] of before) put(key, old)
    changed()
  }
}

/**
 * Marks samples: on the screen at once, then in the project. Where that fails, what was there before is shown again and the
 * error told.
 * @param reasons null leaves those that samples have
 */
export async function markSamples(
  chosen: readonly MarkedSample[],
  mark: Mark | null,
  reasons: readonly ReviewReason[] | null,
): Promise<void> {
  const samples = chosen.filter(({ file }) => file === undefined)
  if (samples.length < chosen.length) say('Marks are made on the samples of batches')
  if (samples.length === 0) return
  const takeBack = showMarks(samples, mark, reasons)
  const keys = samples.map(markKey)
  for (const key of keys) held.set(key, (held.get(key) ?? 0) + 1)
  say(wordsOf(samples.length, mark, reasons))
  const named = samples.map(({ split, batch, row, shotNumber }) => ({ split, batch, row, shotNumber }))
  const isDone = await ask(async (client) => {
    for (let first = 0; first < named.length; first += MOST_MARKED) {
      const some = named.slice(first, first + MOST_MARKED)
      const given = reasons === null ? null : [...reasons]
      await client.review.mark({ samples: some, mark, reasons: given, joins: first > 0 })
    }
  })
  for (const key of keys) {
    const rest = (held.get(key) ?? 1) - 1
    if (rest === 0) held.delete(key)
    else held.set(key, rest)
  }
  if (isDone) return
  takeBack()
  say('The marks were not made')
}

/** Takes back the last marks, or puts them again. */
export async function changeMarks(direction: 'undo' | 'redo'): Promise<void> {
  const label = useReviewMarks.getState().review?.[direction] ?? null
  if (label === null) return
  if (await ask((client) => client.review[direction]()))
    say(`${direction === 'undo' ? 'Undone' : 'Done again'}: ${label}`)
}

function wordsOf(count: number, mark: Mark | null, reasons: readonly ReviewReason[] | null): string {
  const samples = counted(count, 'sample')
  if (mark === null) return `${samples} unmarked`
  if (mark === 'keep') return `${samples} kept`
  return reasons === null ? `${samples} excluded` : `Reasons of ${samples} changed`
}

function changed(): void {
  useReviewMarks.setState(({ revision }) => ({ revision: revision + 1 }))
}

function say(said: string): void {
  useReviewMarks.setState({ said })
}
