import { create } from 'zustand'
import { rangeBetween, toggled, type IndexRange } from '../../review/index-ranges'
import { samples, useReview, useSamples } from './review-store'
import type { SampleListState } from './sample-list-state'

interface ManySelected {
  ranges: readonly IndexRange[]
  /** Where a range that is extended begins. */
  anchor: number
  /** The active place when this was selected; when another one is active now, all of this is past. */
  active: number
  /** The list it belongs to: places of another list, or of another order, are other samples. */
  list: string
}

/** Which samples are selected beside the active one; null: none. */
const useMany = create<{ many: ManySelected | null }>()(() => ({ many: null }))

function listName(version: string): string {
  return `${version} ${JSON.stringify(useReview.getState().query)}`
}

function present(many: ManySelected | null, { selected, version }: SampleListState): ManySelected | null {
  return many !== null && many.active === selected?.index && many.list === listName(version) ? many : null
}

function rangesOf(many: ManySelected | null, state: SampleListState): readonly IndexRange[] {
  const { selected } = state
  if (selected === null) return []
  return present(many, state)?.ranges ?? [{ first: selected.index, last: selected.index }]
}

/** The selected places: several, or the active one. */
export function selectedRanges(): readonly IndexRange[] {
  return rangesOf(useMany.getState().many, samples.store.getState())
}

/** The selected places, for what shows them. */
export function useSelectedRanges(): readonly IndexRange[] {
  const many = useMany((state) => state.many)
  useReview(({ query }) => query)
  return rangesOf(
    many,
    useSamples((state) => state),
  )
}

/** Selects one sample. */
export function selectOne(index: number): void {
  useMany.setState({ many: null })
  samples.select(index)
}

/** Selects all from where the selection began to a place, which becomes the active one. */
export function extendTo(index: number): void {
  const state = samples.store.getState()
  if (state.selected === null) {
    selectOne(index)
    return
  }
  const anchor = present(useMany.getState().many, state)?.anchor ?? state.selected.index
  take([rangeBetween(anchor, index)], anchor, index)
}

/** Adds a sample to those that are selected, or takes it out. */
export function toggleOne(index: number): void {
  const ranges = toggled(selectedRanges(), index)
  if (ranges.length === 0) selectOne(index)
  else take(ranges, index, index)
}

/** Selects all samples of the list; the active one stays where it is. */
export function selectAll(): void {
  const { total, selected } = samples.store.getState()
  if (total === null || total === 0 || selected === null) return
  take([{ first: 0, last: total - 1 }], selected.index, selected.index)
}

function take(ranges: readonly IndexRange[], anchor: number, active: number): void {
  if (samples.store.getState().selected?.index !== active) samples.select(active)
  const { version } = samples.store.getState()
  useMany.setState({ many: { ranges, anchor, active, list: listName(version) } })
}
