import { Button, Group, Kbd } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Mark } from '../../../src-shared/review/marks'
import { markSelected } from './mark-selected'
import { useSamples } from './review-store'

const BUTTONS: readonly { label: string; key: string; mark: Mark | null }[] = [
  { label: 'Keep', key: 'P', mark: 'keep' },
  { label: 'Exclude', key: 'X', mark: 'exclude' },
  { label: 'Unmark', key: 'U', mark: null },
]

/** Marks what is selected, each button with its key. */
export function MarkButtons(): ReactNode {
  const none = useSamples(({ selected }) => selected === null)
  return (
    <Group gap={4} wrap="nowrap">
      {BUTTONS.map(({ label, key, mark }) => (
        <Button
          key={key}
          size="compact-sm"
          variant="default"
          aria-label={label}
          aria-keyshortcuts={key}
          disabled={none}
          rightSection={<Kbd size="xs">{key}</Kbd>}
          onClick={() => void markSelected(mark)}
        >
          {label}
        </Button>
      ))}
    </Group>
  )
}
