import { Button, Code, Group, List, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import { formatCount } from './format'

interface ProblemListProps {
  /** What has them, as the title of the list. */
  title: string
  /** The first of them, or all. */
  problems: readonly SerializedError[]
  total: number
  /** "3 files cannot be used" */
  summary: string
}

/** Problems that stop nobody: one counted line, which opens the list with what to do about each. */
export function ProblemList({ title, problems, total, summary }: ProblemListProps): ReactNode {
  const [opened, setOpened] = useState(false)
  if (total === 0) return null
  return (
    <>
      <Group gap="sm" wrap="nowrap">
        <IconAlertTriangle size={16} color="var(--studio-warning)" aria-hidden />
        <Text c="var(--studio-warning)">{summary}</Text>
        <Button size="compact-xs" variant="default" onClick={() => setOpened(true)}>
          Show problems
        </Button>
      </Group>
      <Modal opened={opened} onClose={() => setOpened(false)} title={title} size={640}>
        <Stack gap="sm">
          {problems.length < total ? (
            <Text c="dimmed">
              The first {formatCount(problems.length)} of {formatCount(total)}.
            </Text>
          ) : null}
          <List listStyleType="none" spacing="sm">
            {problems.map((problem, at) => (
              <List.Item key={`${at} ${problem.file ?? ''}`}>
                <Text fw={600}>{problem.message}</Text>
                {problem.file === undefined ? null : (
                  <Code style={{ overflowWrap: 'anywhere' }}>{problem.file}</Code>
                )}
                <Text c="dimmed">{problem.hint}</Text>
              </List.Item>
            ))}
          </List>
        </Stack>
      </Modal>
    </>
  )
}
