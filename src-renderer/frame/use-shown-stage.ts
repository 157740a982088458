import { useEffect } from 'react'
import { studio } from '../connection/studio'
import { useStudio } from '../stores/studio-store'
import { useView } from '../stores/view-store'

/** Tells the studio which stage this window shows, also when the line comes back. */
export function useShownStage(): void {
  const isOpen = useStudio(({ state }) => (state?.project ?? null) !== null)
  const connected = useStudio((store) => store.connected)
  const stage = useView((view) => view.stage)
  const shown = isOpen ? stage : null
  useEffect(() => {
    if (!connected) return
    const tell = async (): Promise<void> => (await studio()).studio.shows({ stage: shown })
    // What breaks the line brings it back, and then it is told again.
    tell().catch(() => undefined)
  }, [shown, connected])
}
