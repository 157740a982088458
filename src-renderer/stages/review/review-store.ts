import { create, useStore } from 'zustand'
import type { Preset, Stretch } from '../../../src-shared/patches/presets'
import type { OpenedFile } from '../../../src-shared/api/opened-file'
import type { SampleFileKey } from '../../../src-shared/api/run-state'
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
  /** Folder of the project, or key of the file that is open alone, whose samples are listed. */
  listed: string | null
  /** Whether the selected patch is shown large. */
  open: boolean
}

const EVERYTHING: SampleQuery = { split: null, file: null, order: 'file', descending: false, filters: {} }

export const useReview = create<ReviewView>()(() => ({
  query: EVERYTHING,
  opened: [],
  listed: null,
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

/** Shows the selected patch large; it stays there when it leaves the list. */
export function openLarge(): void {
  samples.hold(true)
  useReview.setState({ open: true })
}

export function closeLarge(): void {
  samples.hold(false)
  useReview.setState({ open: false })
}

/**
 * For another project: its batches, all of them; or for a file that is looked at alone.
 * @param file key of that file; null for a project
 */
export function forgetFiles(file: SampleFileKey | null): void {
  closeLarge()
  useReview.setState(({ query }) => ({ opened: [], query: { ...query, file, filters: {} } }))
}
