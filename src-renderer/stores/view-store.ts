import { create } from 'zustand'
import type { Stage } from '../../src-shared/api/stages'
import { STAGES } from '../../src-shared/api/stages'

/** Where people are in the window; nothing of it is part of the project. */
interface ViewStore {
  stage: Stage
  logOpen: boolean
  shortcutsOpen: boolean
  showStage(stage: Stage): void
  toggleLog(): void
  showShortcuts(open: boolean): void
}

const KEY = 'studio-stage'

/** The stage shown before a reload of the window. */
function rememberedStage(): Stage {
  const kept = window.sessionStorage.getItem(KEY)
  return STAGES.find((stage) => stage === kept) ?? 'sources'
}

export const useView = create<ViewStore>()((set) => ({
  stage: rememberedStage(),
  logOpen: false,
  shortcutsOpen: false,
  showStage: (stage) => {
    window.sessionStorage.setItem(KEY, stage)
    set({ stage })
  },
  toggleLog: () => set(({ logOpen }) => ({ logOpen: !logOpen })),
  showShortcuts: (shortcutsOpen) => set({ shortcutsOpen }),
}))
