import { follow } from '../../connection/studio'
import { useStudio } from '../../stores/studio-store'
import { same } from './filter-settings'
import { countAgain, resetFilter, settleDraft, useFilter } from './filter-store'

/**
 * Loads the footprints of the open project and keeps the counts up with its settings.
 * @param sources what the footprints are made from; what is known of others is forgotten
 * @returns ends the following
 */
export function followFootprints(sources: string): () => void {
  if (useFilter.getState().sources !== sources) resetFilter()
  useFilter.setState({ sources, layerError: null })
  const stop = new AbortController()
  void follow(
    (client, signal) => client.explore.open({ layer: 'footprints' }, { signal }),
    (layer) => {
      useFilter.setState({ layer })
      countAgain()
    },
    stop.signal,
    { failed: (error) => useFilter.setState({ layer: null, layerError: error.toJSON() }) },
  )
  const end = useStudio.subscribe(({ state }, { state: before }) => {
    const settings = state?.project?.settings
    if (settings === undefined || same(settings, before?.project?.settings)) return
    settleDraft(settings)
    countAgain()
  })
  return () => {
    stop.abort()
    end()
  }
}
