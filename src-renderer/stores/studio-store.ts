import { create } from 'zustand'
import type { OpenedFile } from '../../src-shared/api/opened-file'
import type { ProjectState, StudioState } from '../../src-shared/api/studio-state'
import { follow, onConnection } from '../connection/studio'
import { useView } from './view-store'

interface StudioStore {
  /** null until the studio has answered. */
  state: StudioState | null
  /** Whether the line to the studio stands. */
  connected: boolean
}

/** What the studio says of itself and of the open project. */
export const useStudio = create<StudioStore>()(() => ({ state: null, connected: true }))

/** The open project; null on the start screen. */
export function useProject(): ProjectState | null {
  return useStudio(({ state }) => state?.project ?? null)
}

/** The file of samples that is looked at alone; null where there is none, or a project is open. */
export function useOpenedFile(): OpenedFile | null {
  return useStudio(({ state }) => state?.file ?? null)
}

/** Follows the studio for as long as the window is open. @returns ends the following */
export function followStudio(): () => void {
  const stop = new AbortController()
  void follow((client, signal) => client.studio.watch(undefined, { signal }), show, stop.signal)
  const end = onConnection((connected) => useStudio.setState({ connected }))
  return () => {
    stop.abort()
    end()
  }
}

/** Keeps a new state; where it has another project open, the window goes to the stage that fits it. */
function show(state: StudioState): void {
  const before = useStudio.getState().state?.project?.folder
  if (state.project !== null && state.project.folder !== before) useView.getState().enter(state.project)
  useStudio.setState({ state })
}
