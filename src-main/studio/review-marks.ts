import type { SampleRef } from '../../src-shared/api/run-state'
import { StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import {
  countMarks,
  markKey,
  type BatchIdentity,
  type Mark,
  type MarkChangeLabels,
  type MarkedSample,
  type ReviewCounts,
  type ReviewMark,
  type ReviewState,
} from '../../src-shared/review/marks'
import { counted } from '../../src-shared/wording/counted'
import type { ProjectPaths } from '../project/project-paths'
import { openReview, saveReview, type OpenedReview } from '../project/review-file'
import { isSameBatch, unmatchedMark } from '../run/left-out-samples'
import { BatchIdentities } from './batch-identities'
import { Broadcast } from './broadcast'
import { ChangeHistory, type Change } from './change-history'
import {
  batchName,
  changesFor,
  labelOf,
  mergedStates,
  type MarkChange,
  type MarkRequest,
} from './mark-changes'

/** Marks that do not apply, of which the window is told by name. */
const MOST_NAMED = 200

/** The marks of the open project with their undo and their file: the only one who writes `review.json`. */
export class ReviewMarks {
  private marks = new Map<string, ReviewMark>()
  /** Places whose marks do not apply: their batch is another by now. */
  private unmatched = new Set<string>()
  private readonly history = new ChangeHistory<MarkChange[]>()
  /** The step that requests may join. */
  private step: Change<MarkChange[]> | null = null
  private readonly changes = new Broadcast<ReviewState>()
  private readonly identities: BatchIdentities
  private recovered: OpenedReview['recovered'] = null
  /** Why marks can be neither read nor made. */
  private fault: StudioError | null = null
  private saveError: StudioError | null = null
  private writing: Promise<void> = Promise.resolve()
  private unwritten = 0
  private readonly opened: Promise<void>
  private working: Promise<void>

  /**
   * @param batchSize that of the project as it is now
   * @param changed told after every change of marks
   */
  constructor(
    private readonly paths: ProjectPaths,
    private readonly batchSize: () => number,
    private readonly changed: () => void,
  ) {
    this.identities = new BatchIdentities(paths)
    this.opened = this.open()
    this.working = this.opened
  }

  /** All marks, also those that do not apply; none where they cannot be read. */
  async all(): Promise<ReviewMark[]> {
    await this.opened
    return [...this.marks.values()]
  }

  /** The samples whose mark applies: of one kind, or of any with null. */
  async marked(mark: Mark | null): Promise<SampleRef[]> {
    await this.opened
    return [...this.marks.keys()].flatMap((key) => {
      const found = this.applied(key)
      if (found === null || (mark !== null && found.mark !== mark)) return []
      const { split, batch, row } = found
      return [{ split, batch, row }]
    })
  }

  /** The mark of a sample; null where it has none that applies. What a list can be filtered by. */
  markOf(sample: SampleRef): Mark | null {
    return this.applied(markKey(sample))?.mark ?? null
  }

  /** All marks at first, then those that change. @throws StudioError `project-invalid` where a newer version wrote them */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<ReviewState, void, void> {
    await this.opened
    if (this.fault !== null) throw this.fault
    yield* this.changes.stream(signal, [this.whole()], mergedStates)
  }

  /** Tells what undo and redo would do, now and after every change. @returns ends it */
  followLabels(listener: (labels: MarkChangeLabels) => void): () => void {
    listener({ undo: this.history.undoLabel, redo: this.history.redoLabel })
    return this.changes.listen(({ undo, redo }) => listener({ undo, redo }))
  }

  /**
   * Marks samples, as one step of undo.
   * @throws StudioError `not-ready` where a batch is not finished; nothing is marked then
   */
  mark(request: MarkRequest): Promise<void> {
    return this.inTurn(async () => {
      const batches = request.mark === null ? new Map() : await this.batchesOf(request.samples)
      const changes = changesFor(request, this.marks, batches)
      const joined = request.joins === true ? this.step : null
      await this.note((count) => labelOf(request, count), changes, joined)
    })
  }

  undo(): Promise<void> {
    this.step = null
    return this.inTurn(() => this.put(this.history.undo() ?? []))
  }

  redo(): Promise<void> {
    this.step = null
    return this.inTurn(() => this.put(this.history.redo() ?? []))
  }

  /** Takes away all marks that do not apply, as one step of undo. */
  forgetUnmatched(): Promise<void> {
    return this.inTurn(() => {
      const lost = [...this.unmatched].flatMap((key) => this.marks.get(key) ?? [])
      const changes = lost.map(({ split, batch, row }) => ({ sample: { split, batch, row }, mark: null }))
      return this.note((count) => `Forget ${counted(count, 'mark')}`, changes)
    })
  }

  /** Looks which marks apply to the batches as they are now, and tells where that has changed. */
  match(): Promise<void> {
    return this.inTurn(async () => {
      const before = this.unmatched
      this.unmatched = new Set()
      await this.matchPlaces(this.marks.keys())
      const same = before.size === this.unmatched.size && [...before].every((key) => this.unmatched.has(key))
      if (!same) this.changes.send(this.whole())
    })
  }

  /** Waits until `review.json` holds the marks as they are. @throws StudioError where it cannot be written or read */
  async saved(): Promise<void> {
    await this.working
    await this.writing
    const error = this.fault ?? this.saveError
    if (error !== null) throw error
  }

  private async open(): Promise<void> {
    try {
      const { marks, recovered } = await openReview(this.paths)
      this.marks = new Map(marks.map((mark) => [markKey(mark), mark] as const))
      this.recovered = recovered
      await this.matchPlaces(this.marks.keys())
    } catch (thrown) {
      this.fault = toStudioError(thrown)
    }
  }

  /** One thing after the other: marks that are put quickly keep their order. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.working.then(async () => {
      if (this.fault !== null) throw this.fault
      await work()
    })
    this.working = turn.catch(() => undefined)
    return turn
  }

  /** @param joined the step that the changes become part of; null: a step of their own */
  private async note(
    labelFor: (count: number) => string,
    after: MarkChange[],
    joined: Change<MarkChange[]> | null = null,
  ): Promise<void> {
    if (joined === null) this.step = null
    if (after.length === 0) return
    const before = after.map(({ sample }) => ({ sample, mark: this.marks.get(markKey(sample)) ?? null }))
    if (joined === null) {
      this.step = { label: labelFor(after.length), before, after: [...after] }
      this.history.note(this.step)
    } else {
      joined.before = [...joined.before, ...before]
      joined.after = [...joined.after, ...after]
      joined.label = labelFor(joined.after.length)
    }
    await this.put(after)
  }

  private async put(changes: readonly MarkChange[]): Promise<void> {
    if (changes.length === 0) return
    const places = changes.map(({ sample }) => markKey(sample))
    for (const [k, { mark }] of changes.entries()) {
      this.unmatched.delete(places[k])
      if (mark === null) this.marks.delete(places[k])
      else this.marks.set(places[k], mark)
    }
    this.save()
    // What comes back by undo may be of a batch that was cut again meanwhile.
    await this.matchPlaces(places)
    this.changes.send(this.stateWith(false, changes))
    this.changed()
  }

  private save(): void {
    this.unwritten++
    this.writing = this.writing.then(async () => {
      const before = this.saveError
      try {
        // Of changes that came while the last was being written only the newest matters.
        if (this.unwritten === 1) await saveReview(this.paths, this.marks.values())
        this.saveError = null
      } catch (thrown) {
        this.saveError = toStudioError(thrown)
      } finally {
        this.unwritten--
      }
      if (this.saveError !== before) this.changes.send(this.stateWith(false, []))
    })
  }

  private async batchesOf(samples: readonly MarkedSample[]): Promise<Map<string, BatchIdentity>> {
    const refs = new Map(samples.map((sample) => [batchName(sample), sample] as const))
    const found = new Map<string, BatchIdentity>()
    for (const [name, sample] of refs) {
      const identity = await this.identities.of(sample, this.batchSize())
      if (identity === null) {
        throw new StudioError('not-ready', `The ${sample.split} batch ${sample.batch} is not finished.`, {
          hint: 'A run may be cutting it again; mark its samples when that is done.',
        })
      }
      found.set(name, identity)
    }
    return found
  }

  /** Notes of places that have marks whether they apply. */
  private async matchPlaces(places: Iterable<string>): Promise<void> {
    const batches = new Map<string, BatchIdentity | null>()
    for (const key of places) {
      const mark = this.marks.get(key)
      if (mark === undefined) continue
      const name = batchName(mark)
      const known = batches.get(name)
      const batch = known === undefined ? await this.identities.of(mark, this.batchSize()) : known
      batches.set(name, batch)
      if (!isSameBatch(mark, batch)) this.unmatched.add(key)
    }
  }

  private applied(key: string): ReviewMark | null {
    return this.unmatched.has(key) ? null : (this.marks.get(key) ?? null)
  }

  private whole(): ReviewState {
    const all = [...this.marks].flatMap(([key, mark]) =>
      this.unmatched.has(key) ? [] : [{ sample: mark, mark }],
    )
    return this.stateWith(true, all)
  }

  private stateWith(fresh: boolean, changes: readonly MarkChange[]): ReviewState {
    const applied = [...this.marks].flatMap(([key, mark]) => (this.unmatched.has(key) ? [] : [mark]))
    const countsOf = (split: SampleRef['split']): ReviewCounts =>
      countMarks(applied.filter((mark) => mark.split === split))
    const lost = [...this.unmatched].slice(0, MOST_NAMED).flatMap((key) => this.marks.get(key) ?? [])
    return {
      fresh,
      marks: changes.map(({ sample: { split, batch, row } }) => {
        const found = this.applied(markKey({ split, batch, row }))
        return { split, batch, row, mark: found?.mark ?? null, reasons: found?.reasons ?? [] }
      }),
      counts: { train: countsOf('train'), test: countsOf('test') },
      undo: this.history.undoLabel,
      redo: this.history.redoLabel,
      unmatched: lost.map((mark) => unmatchedMark(mark, 'batch')),
      unmatchedTotal: this.unmatched.size,
      recovered: this.recovered,
      error: this.saveError?.toJSON() ?? null,
    }
  }
}
