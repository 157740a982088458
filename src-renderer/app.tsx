import { MantineProvider } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { useEffect, type ReactNode } from 'react'
import { CommandPalette } from './frame/command-palette'
import { ConnectionNotice } from './frame/connection-notice'
import { Frame } from './frame/frame'
import { ShortcutsDialog } from './frame/shortcuts-dialog'
import { useRunNotices } from './frame/use-run-notices'
import { useShortcuts } from './frame/use-shortcuts'
import { useShownStage } from './frame/use-shown-stage'
import { ignoreStrayDrops } from './places/drops'
import { NewProjectDialog } from './places/new-project-dialog'
import { PlaceBrowser } from './places/place-browser'
import { FileView } from './stages/file-view'
import { StartScreen } from './stages/start/start-screen'
import { followRun } from './stores/run-store'
import { followStudio, useOpenedFile, useStudio } from './stores/studio-store'
import { styleNonce } from './theme/nonce'
import { resolveVariables, theme } from './theme/theme'

/** The window: theme, streams, and either the start screen or the frame around the open project. */
export function App(): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <Window />
    </MantineProvider>
  )
}

function Window(): ReactNode {
  // First on the line: who sees that the studio has answered is also heard when choosing from the native menu.
  useShortcuts()
  useEffect(() => {
    const ends = [followStudio(), followRun(), ignoreStrayDrops()]
    return () => ends.forEach((end) => end())
  }, [])
  useRunNotices()
  useShownStage()
  const project = useStudio(({ state }) => state?.project?.name ?? null)
  const file = useOpenedFile()
  const name = project ?? file?.name ?? null
  useDocumentTitle(name === null ? 'GEDI Dataset Studio' : `${name} – GEDI Dataset Studio`)
  return (
    <>
      {project !== null ? (
        <Frame />
      ) : file !== null ? (
        <FileView key={file.file} file={file} />
      ) : (
        <StartScreen />
      )}
      <ConnectionNotice />
      <CommandPalette />
      <ShortcutsDialog />
      <NewProjectDialog />
      <PlaceBrowser />
      <Notifications position="bottom-right" limit={4} />
    </>
  )
}
