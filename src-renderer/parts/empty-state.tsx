import { Center, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  /** What is not there, in a few words. */
  title: string
  /** How it comes to be there. */
  text: string
  children?: ReactNode
}

/** What a place shows while there is nothing to show. */
export function EmptyState({ title, text, children }: EmptyStateProps): ReactNode {
  return (
    <Center h="100%" mih={120}>
      <Stack align="center" gap="sm" maw={420}>
        <Text fw={600}>{title}</Text>
        <Text c="dimmed" ta="center">
          {text}
        </Text>
        {children}
      </Stack>
    </Center>
  )
}
