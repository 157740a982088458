import { create, useStore } from 'zustand'
import type { Preset, Stretch } from '../../../src-shared/patches/presets'
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
  /** Whether the selected patch is shown large. */
  open: boolean
}

export const useReview = create<ReviewView>()(() => ({
  query: { split: null, order: 'file', descending: false },
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
