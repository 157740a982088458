import { create, useStore } from 'zustand'
import type { Preset, Stretch } from '../../../src-shared/patches/presets'
import type { OpenedFile } from '../../../src-shared/api/contract'
import type { PatchFilters } from '../../../src-shared/patches/patch-filters'
import { studio } from '../../connection/studio'
import { SampleList } from './sample-list'
import type { SampleListState, SampleQuery } from './sample-list-state'

/** Edges of a thumbnail, px: its 32 pixels two, three and four times. */
export const EDGES = { small: 64, medium: 96, large: 128 } as const
export type ThumbnailSize = keyof typeof EDGES

/** How the samples are looked at; stays while the window is open. */
interface ReviewView {
  query: SampleQuery
  preset: Preset
  stretch: Stretch
  size: ThumbnailSize
  /** Files that were opened alone in this project. */
  opened: readonly OpenedFile[]
  /** Whether the selected patch is shown large. */
  open: boolean
}

const EVERYTHING: SampleQuery = { split: null, file: null, order: 'file', descending: false, filters: {} }

export const useReview = create<ReviewView>()(() => ({
  query: EVERYTHING,
  opened: [],
  preset: 'true-colour',
  stretch: 'fixed',
  size: 'medium',
  open: false,
}))

/** The samples of the open project. */
export const samples = new SampleList(async (request, signal) => {
  const client = await studio()
  return client.patches.list(request, { signal })
})

export function useSamples<T>(choose: (state: SampleListState) => T): T {
  return useStore(samples.store, choose)
}

/** Asks for other samples or another order. */
export function changeQuery(change: Partial<SampleQuery>): void {
  const query = { ...useReview.getState().query, ...change }
  useReview.setState({ query })
  void samples.show(query)
}

/** Changes some filters; undefined takes one away. */
export function changeFilters(change: {
  [Name in keyof PatchFilters]?: PatchFilters[Name] | undefined
}): void {
  const filters = { ...useReview.getState().query.filters, ...change }
  const active = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
  changeQuery({ filters: active })
}

/** For another project: its batches, all of them. */
export function forgetFiles(): void {
  useReview.setState(({ query }) => ({ opened: [], query: { ...query, file: null, filters: {} } }))
}
