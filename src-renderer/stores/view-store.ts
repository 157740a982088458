import { create } from 'zustand'
import { STAGES, type Stage } from '../../src-shared/api/stages'
import type { ProjectState } from '../../src-shared/api/studio-state'

/** Where people are in the window; nothing of it is part of the project. */
interface ViewStore {
  stage: Stage
  logOpen: boolean
  shortcutsOpen: boolean
  newProjectOpen: boolean
  showStage: (stage: Stage) => void
  /** Says which stage the project that is opened next begins with; null: the one that fits it. */
  showNext: (stage: Stage | null) => void
  /** Shows the stage that fits a project that was opened just now, or the one seen last before a reload. */
  enter: (project: Pick<ProjectState, 'folder' | 'stages'>) => void
  toggleLog: () => void
  showShortcuts: (open: boolean) => void
  showNewProject: (open: boolean) => void
}

/** Where the stage is kept over a reload of the window, and of which project it is. */
const STAGE_KEY = 'studio-stage'
const FOLDER_KEY = 'studio-folder'

let next: Stage | null = null

export const useView = create<ViewStore>()((set) => ({
  stage: 'sources',
  logOpen: false,
  shortcutsOpen: false,
  newProjectOpen: false,
  showStage: (stage) => {
    window.sessionStorage.setItem(STAGE_KEY, stage)
    set({ stage })
  },
  showNext: (stage) => {
    next = stage
  },
  enter: ({ folder, stages }) => {
    const stage = next ?? rememberedStage(folder) ?? firstOpenStage(stages)
    next = null
    window.sessionStorage.setItem(FOLDER_KEY, folder)
    window.sessionStorage.setItem(STAGE_KEY, stage)
    set({ stage })
  },
  toggleLog: () => set(({ logOpen }) => ({ logOpen: !logOpen })),
  showShortcuts: (shortcutsOpen) => set({ shortcutsOpen }),
  showNewProject: (newProjectOpen) => set({ newProjectOpen }),
}))

function rememberedStage(folder: string): Stage | null {
  if (window.sessionStorage.getItem(FOLDER_KEY) !== folder) return null
  const kept = window.sessionStorage.getItem(STAGE_KEY)
  return STAGES.find((stage) => stage === kept) ?? null
}

/** The first stage that there is something to do in. */
export function firstOpenStage(stages: ProjectState['stages']): Stage {
  return STAGES.find((stage) => stages[stage].state !== 'done') ?? 'fuse'
}
