import { create } from 'zustand'
import type { SceneOutline } from '../../src-shared/api/inspection'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import type { OpenedLayer } from '../../src-shared/explore/layers'
import type { StateCounts } from '../../src-shared/explore/states'
import { errorOf, follow, studio } from '../connection/studio'

interface SubsetLayer {
  /** Which tables of which project it is of. */
  key: string | null
  loading: { done: number; total: number } | null
  opened: OpenedLayer | null
  states: (StateCounts & { revision: number }) | null
  scenes: readonly SceneOutline[]
  error: SerializedError | null
}

const NOTHING: SubsetLayer = {
  key: null,
  loading: null,
  opened: null,
  states: null,
  scenes: [],
  error: null,
}

/** The subset's footprints on the map: whether they are loaded, and what became of them. */
export const useSubsetLayer = create<SubsetLayer>()(() => NOTHING)

/**
 * Loads the layer in the main process; what is there already is only looked at.
 * @param key changes where the tables may have changed
 */
export async function loadSubsetLayer(folder: string, key: string, signal: AbortSignal): Promise<void> {
  const { getState, setState } = useSubsetLayer
  const name = `${folder} ${key}`
  if (getState().key?.startsWith(`${folder} `) !== true) setState(NOTHING)
  setState({ key: name, error: null })
  await follow(
    (client, stop) => client.explore.open({ layer: 'subset' }, { signal: stop }),
    (state) => {
      if (state.state === 'loading') setState({ loading: { done: state.done, total: state.total } })
      else setState({ loading: null, opened: { rows: state.rows, bounds: state.bounds } })
    },
    signal,
    {
      failed: (error) => {
        setState({ loading: null, opened: null, states: null, scenes: [], error: error.toJSON() })
      },
    },
  )
  if (signal.aborted || getState().opened === null) return
  await Promise.all([refreshStates(signal), loadScenes(signal)])
}

/** Asks what became of the footprints so far; tiles made from now on show it. */
export async function refreshStates(signal: AbortSignal): Promise<void> {
  try {
    const client = await studio()
    const states = await client.explore.states(undefined, { signal })
    if (!signal.aborted) useSubsetLayer.setState({ states })
  } catch (thrown) {
    if (!signal.aborted) useSubsetLayer.setState({ error: errorOf(thrown).toJSON() })
  }
}

/** Scenes are an extra: where there is no plan yet, the map has none to show. */
async function loadScenes(signal: AbortSignal): Promise<void> {
  try {
    const client = await studio()
    const scenes = await client.explore.scenes(undefined, { signal })
    if (!signal.aborted) useSubsetLayer.setState({ scenes })
  } catch {
    if (!signal.aborted) useSubsetLayer.setState({ scenes: [] })
  }
}
