import { create } from 'zustand'
import type { ShownState } from '../../map/colour-by'

interface GenerateView {
  /** The line of the funnel that was chosen; the map shows its footprints alone. */
  only: ShownState | null
}

/** What is looked at in the step; nothing of it is part of the project. */
export const useGenerateView = create<GenerateView>()(() => ({ only: null }))

/** Chooses a line of the funnel, or none where it was chosen already. */
export function toggleShown(state: ShownState): void {
  useGenerateView.setState(({ only }) => ({ only: only === state ? null : state }))
}
