import { Button, Group, Text } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { RemovableChip } from '../../parts/removable-chip'
import { ask } from '../../stores/change'
import { activeFilters } from './active-filters'
import { RESET } from './filter-settings'
import { changeFilter } from './filter-store'
import classes from './filter-chips.module.css'

/** What differs from the defaults, each to be taken away; reset of all, and undo. */
export const FilterChips = memo(function FilterChips({ project }: { project: ProjectState }): ReactNode {
  const active = activeFilters(project.settings)
  return (
    <div className={classes.chips}>
      <ul className={classes.list} aria-label="Filters that differ from the defaults">
        {active.map(({ label, reset }) => (
          <li key={label}>
            <RemovableChip label={label} onRemove={() => changeFilter(reset)} />
          </li>
        ))}
        {active.length === 0 ? (
          <li>
            <Text size="xs" c="dimmed">
              All filters are at their defaults.
            </Text>
          </li>
        ) : null}
      </ul>
      <Group gap="xs" wrap="nowrap" className={classes.buttons}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={project.undo === null}
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          aria-label="Undo last change"
          title={project.undo ?? ''}
          onClick={() => void ask((client) => client.project.undo())}
        >
          Undo
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={active.length === 0}
          onClick={() => changeFilter(RESET)}
        >
          Reset
        </Button>
      </Group>
    </div>
  )
})
