import { follow } from '../../connection/studio'
import { useStudio } from '../../stores/studio-store'
import { countAgain, resetFilter, settleDraft, useFilter } from './filter-store'
import { same } from './filter-settings'

/**
 * Loads the footprints of the open project and keeps the counts up with its settings, for as long as the step is shown.
 * @returns ends the following
 */
export function followFootprints(): () => void {
  const stop = new AbortController()
  useFilter.setState({ layerError: null })
  void follow(
    (client, signal) => client.explore.open({ layer: 'footprints' }, { signal }),
    (layer) => {
      useFilter.setState({ layer, layerError: null })
      if (layer.state === 'loaded') countAgain()
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

/** Loads them anew after a fault. @returns ends the following */
export function followAgain(): () => void {
  resetFilter()
  return followFootprints()
}
