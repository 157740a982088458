import { Button, Text, UnstyledButton } from '@mantine/core'
import { IconFolderOff, IconMapPin, IconX } from '@tabler/icons-react'
import { lazy, Suspense, type ReactNode } from 'react'
import type { RecentProject } from '../../../src-shared/api/studio-state'
import { IconButton } from '../../parts/icon-button'
import { formatDay } from '../../parts/format'
import { openProject } from '../../places/open-project'
import { ask } from '../../stores/change'
import classes from './start-screen.module.css'
import { positionWords, surroundingsOf } from './surroundings'

const SmallMap = lazy(() => import('./small-map'))

interface RecentCardProps {
  project: RecentProject
  /** Whether something is being opened already. */
  busy: boolean
}

/** A project that was open before: where it lies, how far it is, and the way back into it. */
export function RecentCard({ project, busy }: RecentCardProps): ReactNode {
  const { name, folder, exists, summary, bounds, opened } = project
  const forget = (): void => void ask((client) => client.studio.forgetRecent({ folder }))
  return (
    <li className={classes.recent} data-missing={exists ? undefined : true}>
      <UnstyledButton
        className={classes.open}
        disabled={!exists || busy}
        aria-label={exists ? `Open ${name}` : `${name}, folder not found`}
        onClick={() => void openProject(folder)}
      >
        <span className={classes.mapPlace}>
          {exists && bounds !== null ? (
            <Suspense fallback={null}>
              <SmallMap bounds={bounds} />
            </Suspense>
          ) : exists ? (
            <IconMapPin size={20} aria-hidden />
          ) : (
            <IconFolderOff size={20} aria-hidden />
          )}
        </span>
        <span className={classes.facts}>
          <Text component="span" fw={600} truncate>
            {name}
          </Text>
          <Text component="span" size="xs" c={exists ? 'inherit' : 'var(--studio-warning)'} truncate>
            {exists ? summary : 'The folder is not there any more.'}
          </Text>
          <Text component="span" size="xs" c="dimmed" truncate title={folder}>
            {folder}
          </Text>
          <Text component="span" size="xs" c="dimmed">
            Opened {formatDay(opened)}
            {bounds === null ? '' : `, ${positionWords(surroundingsOf(bounds, 1, 1))}`}
          </Text>
        </span>
      </UnstyledButton>
      {exists ? (
        <IconButton label={`Forget ${name}`} icon={<IconX size={16} aria-hidden />} onClick={forget} />
      ) : (
        <Button size="compact-sm" variant="default" onClick={forget} aria-label={`Forget ${name}`}>
          Forget
        </Button>
      )}
    </li>
  )
}
