import { Group, Kbd, Modal, Stack, Table, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { MENU_COMMANDS } from '../../src-shared/api/contract'
import { useView } from '../stores/view-store'
import { COMMAND_GROUPS, COMMANDS } from './command-table'
import { keyCaps } from './keys'

/** Keys that belong to no command: they hold wherever there is something of their kind. */
const OTHER_KEYS: readonly { caps: string[]; label: string }[] = [
  { caps: ['Esc'], label: 'Close what is open' },
  { caps: ['Tab'], label: 'To the next control' },
  { caps: ['Arrows'], label: 'Within grids, lists, maps and sliders' },
]

/** Keys of the Review step; they act on what is selected. */
const REVIEW_KEYS: readonly { caps: string[]; label: string }[] = [
  { caps: ['P'], label: 'Keep' },
  { caps: ['X'], label: 'Exclude' },
  { caps: ['U'], label: 'Take the mark away' },
  { caps: ['Shift', 'Arrows'], label: 'Select a range' },
  { caps: keyCaps('mod+a'), label: 'Select all' },
  { caps: [...keyCaps('mod'), 'Click'], label: 'Select one more, or one less' },
  { caps: ['1', '–', '9'], label: 'Bands' },
  { caps: ['Enter'], label: 'Open the patch large' },
]

/** All shortcuts of the window. */
export function ShortcutsDialog(): ReactNode {
  const opened = useView((view) => view.shortcutsOpen)
  const show = useView((view) => view.showShortcuts)
  return (
    <Modal opened={opened} onClose={() => show(false)} title="Shortcuts" size={420}>
      <Stack gap="md">
        {COMMAND_GROUPS.map((group) => {
          const rows = MENU_COMMANDS.map((id) => COMMANDS[id])
            .filter((command) => command.group === group)
            .flatMap(({ label, keys }) => (keys === null ? [] : [{ label, caps: keyCaps(keys) }]))
          return rows.length === 0 ? null : <KeyTable key={group} title={group} rows={rows} />
        })}
        <KeyTable title="Review" rows={REVIEW_KEYS} />
        <KeyTable title="Everywhere" rows={OTHER_KEYS} />
      </Stack>
    </Modal>
  )
}

interface KeyTableProps {
  title: string
  rows: readonly { caps: string[]; label: string }[]
}

function KeyTable({ title, rows }: KeyTableProps): ReactNode {
  return (
    <section>
      <Title order={3}>{title}</Title>
      <Table withRowBorders={false} verticalSpacing={2} horizontalSpacing={0}>
        <Table.Tbody>
          {rows.map(({ label, caps }) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" fw={400}>
                {label}
              </Table.Th>
              <Table.Td>
                <Keys caps={caps} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

/** The caps of a shortcut, side by side. */
export function Keys({ caps }: { caps: readonly string[] }): ReactNode {
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {caps.map((cap) => (
        <Kbd key={cap} size="xs">
          {cap}
        </Kbd>
      ))}
    </Group>
  )
}
