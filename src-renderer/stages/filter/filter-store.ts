import { create } from 'zustand'
import type { LayerState } from '../../../src-shared/api/contract'
import type { SerializedError } from '../../../src-shared/errors/studio-error'
import type { FilterCounts } from '../../../src-shared/explore/filter-counts'
import type { Settings } from '../../../src-shared/settings/settings'
import { errorOf, studio } from '../../connection/studio'
import { changeSettings } from '../../stores/change'
import { useStudio } from '../../stores/studio-store'
import type { BoxText } from './box-text'
import { contradiction, newIn, type FilterChange } from './filter-settings'
import { latestWins } from './latest-wins'

interface FilterStore {
  /** What the footprints are made from, as text to compare. */
  sources: string
  /** How far the footprints are loaded; null before the studio has said. */
  layer: LayerState | null
  /** Why they could not be loaded. */
  layerError: SerializedError | null
  /** The newest answer; it may be that of the settings before. */
  counts: FilterCounts | null
  /** Why the newest settings have no answer. */
  countsError: SerializedError | null
  /** Whether an answer is on its way. */
  counting: boolean
  /** What is being changed and not yet part of the project. */
  draft: FilterChange
  /** What stands in the fields of the box while it is none yet. */
  boxTyped: BoxText | null
}

const EMPTY: FilterStore = {
  sources: '',
  layer: null,
  layerError: null,
  counts: null,
  countsError: null,
  counting: false,
  draft: {},
  boxTyped: null,
}

/** The footprints of the open project under the filter as it is being changed. */
export const useFilter = create<FilterStore>()(() => EMPTY)

/** Milliseconds without a further change after which a change becomes part of the project, as one step of undo. */
const COMMIT_AFTER_MS = 300

let commitTimer: ReturnType<typeof setTimeout> | undefined
let commits: Promise<unknown> = Promise.resolve()

/** Forgets everything: another project, or none. */
export function resetFilter(): void {
  clearTimeout(commitTimer)
  useFilter.setState(EMPTY)
}

/** The settings as they would be with the draft; null without a project. */
export function draftedSettings(): Settings | null {
  const project = useStudio.getState().state?.project ?? null
  return project === null ? null : { ...project.settings, ...useFilter.getState().draft }
}

/** Shows what a change would do, without making it part of the project yet: while a slider is dragged. */
export function draftFilter(change: FilterChange): void {
  clearTimeout(commitTimer)
  useFilter.setState(({ draft }) => ({ draft: { ...draft, ...change } }))
  countAgain()
}

/** Makes the draft part of the project soon; a further draft puts it off. */
export function commitSoon(): void {
  clearTimeout(commitTimer)
  commitTimer = setTimeout(commitDraft, COMMIT_AFTER_MS)
}

/** Changes the filter at once. */
export function changeFilter(change: FilterChange): void {
  draftFilter(change)
  commitDraft()
}

function commitDraft(): void {
  clearTimeout(commitTimer)
  const project = useStudio.getState().state?.project ?? null
  const settings = draftedSettings()
  if (project === null || settings === null || contradiction(settings) !== null) return
  const change = newIn(useFilter.getState().draft, project.settings)
  if (Object.keys(change).length === 0) {
    useFilter.setState({ draft: {} })
    return
  }
  commits = commits.then(() => changeSettings(change))
}

/** Takes out of the draft what has become part of the project. */
export function settleDraft(settings: Settings): void {
  const { draft } = useFilter.getState()
  const left = newIn(draft, settings)
  if (Object.keys(left).length < Object.keys(draft).length) useFilter.setState({ draft: left })
}

const count = latestWins(async (settings: Settings) => {
  try {
    const counts = await (await studio()).explore.filter({ settings })
    useFilter.setState({ counts, countsError: null, counting: false })
  } catch (thrown) {
    useFilter.setState({ countsError: errorOf(thrown).toJSON(), counting: false })
  }
})

/** Asks for the counts under the drafted settings. Those that contradict themselves are not asked about. */
export function countAgain(): void {
  const settings = draftedSettings()
  if (useFilter.getState().layer?.state !== 'loaded' || settings === null || contradiction(settings) !== null)
    return
  useFilter.setState({ counting: true })
  count(settings)
}
