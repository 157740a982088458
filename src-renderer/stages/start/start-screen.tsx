import { Button, Group, Loader, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconFileDatabase, IconFolderOpen, IconFolderPlus, IconPlant2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ColourSchemeMenu } from '../../frame/colour-scheme-menu'
import { ErrorCard } from '../../parts/error-card'
import { useDrop } from '../../places/drops'
import { chooseAndOpenDataset, openDropped } from '../../places/open-dataset'
import { askForNewProject, chooseAndOpenProject, openSample, useOpening } from '../../places/open-project'
import { useStudio } from '../../stores/studio-store'
import { NoAnswer } from './no-answer'
import { RecentCard } from './recent-card'
import classes from './start-screen.module.css'

/** What is seen while no project is open. */
export function StartScreen(): ReactNode {
  const state = useStudio((studio) => studio.state)
  const connected = useStudio((studio) => studio.connected)
  const { busy, error } = useOpening()
  const drop = useDrop(([path]) => void openDropped(path))
  return (
    <main className={classes.screen} data-over={drop.over || undefined} {...drop.handlers}>
      <div className={classes.corner}>
        <ColourSchemeMenu />
      </div>
      <Stack className={classes.middle} gap="xl">
        <div>
          <Title order={1}>GEDI Dataset Studio</Title>
          <Text c="dimmed" mt={4}>
            Makes training datasets of Sentinel-2 patches and biomass from GEDI footprints.
          </Text>
        </div>
        <Group gap="sm">
          <Button
            leftSection={<IconPlant2 size={16} aria-hidden />}
            disabled={busy !== null || state === null}
            onClick={() => void openSample()}
          >
            Open sample project
          </Button>
          <Button
            variant="default"
            leftSection={<IconFolderPlus size={16} aria-hidden />}
            disabled={busy !== null || state === null}
            onClick={askForNewProject}
          >
            New project
          </Button>
          <Button
            variant="default"
            leftSection={<IconFolderOpen size={16} aria-hidden />}
            disabled={busy !== null || state === null}
            onClick={() => void chooseAndOpenProject()}
          >
            Open project
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileDatabase size={16} aria-hidden />}
            disabled={busy !== null || state === null}
            onClick={() => void chooseAndOpenDataset()}
          >
            Open a dataset file
          </Button>
          <span role="status" className={classes.busy}>
            {busy === null ? null : (
              <>
                <Loader size={14} aria-hidden /> {busy}
              </>
            )}
          </span>
        </Group>
        {error === null ? null : <ErrorCard error={error} />}
        {state === null && !connected ? <NoAnswer /> : <RecentProjects />}
      </Stack>
    </main>
  )
}

function RecentProjects(): ReactNode {
  const state = useStudio((studio) => studio.state)
  const busy = useOpening((opening) => opening.busy !== null)
  if (state === null) {
    return (
      <Stack gap="sm">
        <Skeleton h={20} w={120} />
        <Skeleton h={88} />
        <Skeleton h={88} />
      </Stack>
    )
  }
  if (state.recent.length === 0) {
    return (
      <Text c="dimmed">
        {state.face === 'desktop'
          ? 'A project folder or a dataset file can also be dropped here.'
          : 'No project was open yet.'}
      </Text>
    )
  }
  return (
    <section aria-labelledby="recent">
      <Title order={2} id="recent" size="h3" mb="sm">
        Recent projects
      </Title>
      <ul className={classes.list}>
        {state.recent.map((project) => (
          <RecentCard key={project.folder} project={project} busy={busy} />
        ))}
      </ul>
    </section>
  )
}
