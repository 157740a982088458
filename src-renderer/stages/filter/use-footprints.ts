import { useEffect, useState } from 'react'
import { useStudio } from '../../stores/studio-store'
import { followFootprints } from './follow-footprints'
import { resetFilter } from './filter-store'

/**
 * Keeps the footprints of the open project loaded while the step is shown: anew for other granules, and after the line
 * to the studio was broken.
 * @returns loads them anew after a fault
 */
export function useFootprints(): () => void {
  const [tries, setTries] = useState(0)
  const connected = useStudio((store) => store.connected)
  const sources = useStudio(({ state }) => {
    const project = state?.project ?? null
    return project === null
      ? ''
      : JSON.stringify([project.folder, project.sources.inputs, project.sources.combined])
  })
  useEffect(() => {
    if (!connected || sources === '') return undefined
    return followFootprints(sources)
  }, [connected, sources, tries])
  return () => {
    resetFilter()
    setTries((before) => before + 1)
  }
}
