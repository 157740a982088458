import { Button, Popover } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ProjectState } from '../../src-shared/api/studio-state'
import { ErrorCard } from '../parts/error-card'
import { ask } from '../stores/change'
import classes from './title-bar.module.css'

/** Whether the project file holds what the window shows; where it cannot be written, why and what to do. */
export function SavedMark({ saved }: Pick<ProjectState, 'saved'>): ReactNode {
  if (typeof saved === 'string') {
    return (
      <span className={classes.saved} role="status">
        {saved}
      </span>
    )
  }
  return (
    <Popover width={420} position="bottom-start" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="light"
          color="red"
          size="compact-sm"
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
        >
          Not saved
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <ErrorCard error={saved}>
          <Button size="compact-sm" onClick={() => void ask((client) => client.project.update({}))}>
            Try again
          </Button>
        </ErrorCard>
      </Popover.Dropdown>
    </Popover>
  )
}
