import { Button, Collapse, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconX } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { SPLITS, type Split } from '../../../src-shared/footprint/footprint'
import type { Sources } from '../../../src-shared/run/project'
import { IconButton } from '../../parts/icon-button'
import { choosePlace } from '../../places/choose-places'
import { changeSources } from '../../stores/change'
import classes from './sources-stage.module.css'

const TABLES = ['combined', 'subset'] as const
type Table = (typeof TABLES)[number]

/** Tables that stand in for the granules: what comes before them is then skipped. */
export function GivenTables({ sources }: { sources: Sources }): ReactNode {
  const given = TABLES.some((table) => SPLITS.some((split) => sources[table][split] !== null))
  const [opened, setOpened] = useState(given)
  const Chevron = opened ? IconChevronDown : IconChevronRight
  return (
    <div>
      <UnstyledButton className={classes.chosen} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <Chevron size={16} aria-hidden />
        Use tables instead
      </UnstyledButton>
      <Collapse expanded={opened}>
        <Stack gap="xs" pl={24}>
          <Text c="dimmed">
            Combined tables stand in for the granules, subset tables for granules, filter and subset. CSV with
            the columns of the program’s own tables.
          </Text>
          {TABLES.flatMap((table) =>
            SPLITS.map((split) => (
              <GivenTable key={`${table} ${split}`} sources={sources} table={table} split={split} />
            )),
          )}
        </Stack>
      </Collapse>
    </div>
  )
}

interface GivenTableProps {
  sources: Sources
  table: Table
  split: Split
}

function GivenTable({ sources, table, split }: GivenTableProps): ReactNode {
  const path = sources[table][split]
  const name =
    table === 'combined' ? `Combined ${split} table` : `${split === 'train' ? 'Train' : 'Test'} subset`
  const set = (given: string | null): Promise<boolean> =>
    changeSources({ [table]: { ...sources[table], [split]: given } })
  const choose = async (): Promise<void> => {
    const chosen = await choosePlace('table')
    if (chosen !== null) await set(chosen)
  }
  return (
    <div className={classes.chosen}>
      <Text w={152}>{name}</Text>
      <Text className={classes.path} c={path === null ? 'dimmed' : 'inherit'} title={path ?? ''}>
        {path ?? 'none'}
      </Text>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={`Choose ${name.toLowerCase()}`}
        onClick={() => void choose()}
      >
        Choose
      </Button>
      <IconButton
        label={`Remove ${name.toLowerCase()}`}
        icon={<IconX size={16} aria-hidden />}
        disabled={path === null}
        onClick={() => void set(null)}
      />
    </div>
  )
}
