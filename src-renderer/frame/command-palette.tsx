import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { useMantineColorScheme } from '@mantine/core'
import type { ReactNode } from 'react'
import { MENU_COMMANDS } from '../../src-shared/api/contract'
import { openProject } from '../places/open-project'
import { useRun } from '../stores/run-store'
import { useOpenedFile, useProject, useStudio } from '../stores/studio-store'
import { carryOut } from './carry-out'
import { COMMAND_GROUPS, COMMANDS, type Situation } from './command-table'
import { keyCaps } from './keys'
import { Keys } from './shortcuts-dialog'

/** Everything that can be done now, by typing what it is called. */
export function CommandPalette(): ReactNode {
  const project = useProject()
  const status = useRun(({ run }) => run?.status ?? 'idle')
  const hasFile = useOpenedFile() !== null
  const situation: Situation = { project, hasFile, status }
  const groups = [...commandGroups(situation), recentGroup(useRecent(situation)), useColourGroup()]
  return (
    <Spotlight
      actions={groups.filter(({ actions }) => actions.length > 0)}
      shortcut={null}
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      transitionProps={{ duration: 100 }}
      nothingFound="No command of that name."
      centered={false}
      scrollable
      maxHeight={400}
      limit={30}
      searchProps={{ placeholder: 'What to do', 'aria-label': 'Find a command' }}
      attributes={{ content: { 'aria-label': 'Commands' } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
    />
  )
}

function commandGroups(situation: Situation): SpotlightActionGroupData[] {
  return COMMAND_GROUPS.map((group) => ({
    group,
    actions: MENU_COMMANDS.filter((id) => id !== 'commands' && COMMANDS[id].group === group)
      .filter((id) => COMMANDS[id].possible(situation))
      .map((id) => {
        const { label, keys } = COMMANDS[id]
        return {
          id,
          label,
          onClick: () => carryOut(id),
          ...(keys === null ? {} : { rightSection: <Keys caps={keyCaps(keys)} /> }),
        }
      }),
  }))
}

interface Recent {
  folder: string
  name: string
}

/** Projects that could be opened instead of the present one. */
function useRecent(situation: Situation): Recent[] {
  const recent = useStudio(({ state }) => state?.recent)
  const open = useProject()?.folder
  if (!COMMANDS['open-project'].possible(situation)) return []
  return (recent ?? []).filter(({ exists, folder }) => exists && folder !== open)
}

function recentGroup(recent: readonly Recent[]): SpotlightActionGroupData {
  return {
    group: 'Recent projects',
    actions: recent.map(({ folder, name }) => ({
      id: `recent ${folder}`,
      label: `Open ${name}`,
      description: folder,
      onClick: () => void openProject(folder),
    })),
  }
}

function useColourGroup(): SpotlightActionGroupData {
  const { setColorScheme } = useMantineColorScheme()
  return {
    group: 'Appearance',
    actions: [
      { id: 'light', label: 'Light appearance', onClick: () => setColorScheme('light') },
      { id: 'dark', label: 'Dark appearance', onClick: () => setColorScheme('dark') },
      { id: 'auto', label: 'Appearance as the system', onClick: () => setColorScheme('auto') },
    ],
  }
}
