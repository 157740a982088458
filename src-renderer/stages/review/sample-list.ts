import { createStore, type StoreApi } from 'zustand/vanilla'
import type { GridSample } from '../../../src-shared/api/contract'
import { errorOf } from '../../connection/studio'
import { sampleRef } from '../../patches/sample-key'
import {
  EMPTY_LIST,
  PAGE_SIZE,
  pagesOf,
  reselected,
  sampleAt,
  type PageAnswer,
  type PageRequest,
  type SampleListState,
  type SampleQuery,
  type Selection,
} from './sample-list-state'

/** Requests for pages under way at a time. */
const MOST_IN_FLIGHT = 2
/** Pages that are kept; those farthest from what is looked at go first. */
const PAGES_KEPT = 100
/** Milliseconds between two times that the list is loaded anew. */
const REST_MS = 2000

export type LoadPage = (request: PageRequest, signal: AbortSignal) => Promise<PageAnswer>

/**
 * The samples of the finished batches, of which only the pages around what is looked at are held. When batches are
 * finished meanwhile, the list is loaded anew behind the scenes and put in place in one go: the selected sample stays
 * selected, and `moved` tells where the view has to go to show what it showed.
 */
export class SampleList {
  readonly store: StoreApi<SampleListState> = createStore<SampleListState>()(() => EMPTY_LIST)
  private query: SampleQuery = { split: null, order: 'file', descending: false }
  private inView = { first: 0, last: 0 }
  private readonly flights = new Map<number, AbortController>()
  private renewal: AbortController | null = null
  private renewed = 0
  private holding = false
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(private readonly load: LoadPage) {}

  /** Shows other samples, or the same in another order, from the first one on. */
  async show(query: SampleQuery): Promise<void> {
    this.query = query
    this.stopAll()
    this.inView = { first: 0, last: this.inView.last - this.inView.first }
    this.store.setState({
      total: null,
      pages: new Map(),
      error: null,
      selected: null,
      lost: null,
      moved: null,
    })
    await this.renew()
    this.store.setState(({ reveal }) => ({ reveal: reveal + 1 }))
  }

  /** Forgets everything, for another project. */
  clear(): void {
    this.stopAll()
    this.store.setState(EMPTY_LIST)
  }

  /** The first place on the screen, for a view that comes back. */
  get firstInView(): number {
    return this.inView.first
  }

  /** Tells which places are on the screen; their pages are loaded, then those next to them. */
  look(first: number, last: number): void {
    this.inView = { first, last }
    this.fill()
  }

  /** Selects the sample at a place, the nearest one where there is no such place. */
  select(index: number): void {
    this.store.setState((state) => {
      if (state.total === null || state.total === 0) return state
      const place = Math.min(Math.max(index, 0), state.total - 1)
      return {
        selected: { index: place, sample: sampleAt(state, place) },
        lost: null,
        reveal: state.reveal + 1,
      }
    })
    this.fill()
  }

  /** Whether the selected sample is kept as `lost` when it leaves the list, rather than let go for the nearest one. */
  hold(holding: boolean): void {
    this.holding = holding
    this.store.setState({ lost: null })
  }

  /** Looks once more for the sample that is lost, and lets go of it where the list has it no more. */
  async findLost(): Promise<void> {
    this.stopAll()
    await this.renew()
    this.store.setState({ lost: null })
  }

  /** Loads the list anew soon, because batches may have been written; calls in quick succession count as one. */
  refresh(): void {
    this.timer ??= setTimeout(
      () => {
        this.timer = null
        if (this.renewal === null) void this.renew()
        else this.refresh()
      },
      Math.max(0, this.renewed + REST_MS - Date.now()),
    )
  }

  private async renew(): Promise<void> {
    const stop = new AbortController()
    this.renewal = stop
    try {
      while (!(await this.renewOnce(stop.signal)));
    } catch (thrown) {
      if (!stop.signal.aborted) this.store.setState({ error: errorOf(thrown) })
    } finally {
      if (this.renewal === stop) {
        this.renewal = null
        this.renewed = Date.now()
      }
    }
  }

  /**
   * @returns whether the new list is in place; not, where another sample was selected, the selected one became known or
   * a batch was written meanwhile
   */
  private async renewOnce(signal: AbortSignal): Promise<boolean> {
    const { selected, lost } = this.store.getState()
    const anchor = this.anchor()
    const held = [anchor?.sample, selected?.sample, lost].flatMap((sample) => sample ?? [])
    const head = await this.load({ ...this.query, offset: 0, limit: 1, find: held.map(sampleRef) }, signal)
    const placeOf = (sample: GridSample | null): number | null =>
      sample === null ? null : head.found[held.indexOf(sample)]
    const to = placeOf(anchor?.sample ?? null)
    const moved = anchor === null || to === null ? null : { from: anchor.index, to }
    const shift = moved === null ? 0 : moved.to - moved.from
    const pages = await this.pagesInView(head, shift, signal)
    if (signal.aborted) return true
    if (pages === null) return false
    const present = this.store.getState()
    if (present.selected?.index !== selected?.index || present.lost !== lost) return false
    // Its place was not asked for.
    if (selected?.sample === null && present.selected?.sample !== null) return false

    this.dropFlights(() => true)
    this.inView = { first: this.inView.first + shift, last: this.inView.last + shift }
    this.store.setState({
      total: head.total,
      of: head.of,
      pages,
      faults: head.faults,
      missing: head.missing,
      version: head.version,
      error: null,
      ...this.reselection(placeOf(selected?.sample ?? null), placeOf(lost), head.total),
      moved,
    })
    this.nameSelected()
    this.fill()
    return true
  }

  /**
   * The selection in the new list, and the sample that was selected where it has left the list.
   * @param place where the selected sample is now
   * @param back where the lost one is
   */
  private reselection(
    place: number | null,
    back: number | null,
    total: number,
  ): Pick<SampleListState, 'selected' | 'lost'> {
    const { selected, lost } = this.store.getState()
    if (back !== null) return { selected: { index: back, sample: lost }, lost: null }
    const sample = selected?.sample ?? null
    const leaving = this.holding && place === null ? sample : null
    return { selected: reselected(selected, place, total), lost: lost ?? leaving }
  }

  /** What the view holds on to: the selected sample while it is on the screen, else the first one there. */
  private anchor(): Selection | null {
    const state = this.store.getState()
    const { first, last } = this.inView
    const chosen = state.selected?.index ?? -1
    if (chosen >= first && chosen <= last) return state.selected
    return first === 0 ? null : { index: first, sample: sampleAt(state, first) }
  }

  /** The pages of the view; null where they belong to another state of the files than the head does. */
  private async pagesInView(
    { total, version }: PageAnswer,
    shift: number,
    signal: AbortSignal,
  ): Promise<Map<number, readonly GridSample[]> | null> {
    const { first, last } = this.inView
    const numbers = pagesOf(first + shift, last + shift, total)
    const answers = await Promise.all(numbers.map((page) => this.load(this.requestFor(page), signal)))
    if (answers.some((answer) => answer.version !== version)) return null
    return new Map(numbers.map((page, i) => [page, answers[i].samples]))
  }

  private requestFor(page: number): PageRequest {
    return { ...this.query, offset: page * PAGE_SIZE, limit: PAGE_SIZE, find: [] }
  }

  /** Starts what is wanted and not there, and drops what is no longer wanted. */
  private fill(): void {
    const { total, pages } = this.store.getState()
    if (total === null) return
    const wanted = this.wantedPages(total)
    this.dropFlights((page) => !wanted.includes(page))
    for (const page of wanted) {
      if (this.flights.size >= MOST_IN_FLIGHT) return
      if (!pages.has(page) && !this.flights.has(page)) void this.fetch(page)
    }
  }

  /** Pages on the screen first, then that of a selected sample not known yet, then those a screen before and after. */
  private wantedPages(total: number): number[] {
    const { first, last } = this.inView
    const screen = last - first + 1
    const { selected } = this.store.getState()
    const pages = [
      ...pagesOf(first, last, total),
      ...(selected?.sample === null ? pagesOf(selected.index, selected.index, total) : []),
      ...pagesOf(first - screen, last + screen, total),
    ]
    return [...new Set(pages)]
  }

  private async fetch(page: number): Promise<void> {
    const flight = new AbortController()
    this.flights.set(page, flight)
    try {
      const { samples, version } = await this.load(this.requestFor(page), flight.signal)
      if (this.flights.get(page) !== flight) return
      this.flights.delete(page)
      // Its places would be those of another list.
      if (version !== this.store.getState().version) {
        this.refresh()
        return
      }
      this.store.setState(({ pages }) => ({
        pages: new Map([...this.nearest(pages), [page, samples]]),
        error: null,
      }))
      this.nameSelected()
      this.fill()
    } catch (thrown) {
      if (this.flights.get(page) !== flight) return
      this.flights.delete(page)
      this.store.setState({ error: errorOf(thrown) })
    }
  }

  /** The pages that are kept when another one comes. */
  private nearest(pages: SampleListState['pages']): [number, readonly GridSample[]][] {
    const middle = (this.inView.first + this.inView.last) / 2 / PAGE_SIZE
    const sorted = [...pages].sort(([a], [b]) => Math.abs(a - middle) - Math.abs(b - middle))
    return sorted.slice(0, PAGES_KEPT - 1)
  }

  /** Fills in the selected sample when its page has come. */
  private nameSelected(): void {
    this.store.setState((state) => {
      const sample = state.selected === null ? null : sampleAt(state, state.selected.index)
      if (state.selected === null || sample === null) return state
      return { selected: { index: state.selected.index, sample } }
    })
  }

  private stopAll(): void {
    this.renewal?.abort()
    this.renewal = null
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.dropFlights(() => true)
  }

  private dropFlights(unwanted: (page: number) => boolean): void {
    for (const [page, flight] of this.flights) {
      if (!unwanted(page)) continue
      flight.abort()
      this.flights.delete(page)
    }
  }
}
