import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { SettingKey } from '../../src-shared/settings/settings'

interface DraftsStore {
  /** Text of fields that is no valid value yet, by folder of the project and setting. */
  drafts: Readonly<Record<string, string>>
  keep: (folder: string, key: SettingKey, text: string) => void
  drop: (folder: string, key: SettingKey) => void
}

const nameOf = (folder: string, key: SettingKey): string => `${key} ${folder}`
const keptSchema = z.object({ drafts: z.record(z.string(), z.string()) })

/** What was typed into setting fields and is not in the project: it outlives a change of step and a reload. */
export const useDrafts = create<DraftsStore>()(
  persist(
    (set) => ({
      drafts: {},
      keep: (folder, key, text) =>
        set(({ drafts }) => ({ drafts: { ...drafts, [nameOf(folder, key)]: text } })),
      drop: (folder, key) =>
        set(({ drafts }) => ({
          drafts: Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== nameOf(folder, key))),
        })),
    }),
    {
      name: 'studio-drafts',
      storage: createJSONStorage(() => window.sessionStorage),
      partialize: ({ drafts }) => ({ drafts }),
      merge: (kept, store) => ({ ...store, ...keptSchema.safeParse(kept).data }),
    },
  ),
)

/** What was typed for a setting; undefined where the project's value stands. */
export function useDraft(folder: string, key: SettingKey): string | undefined {
  return useDrafts(({ drafts }) => drafts[nameOf(folder, key)])
}
