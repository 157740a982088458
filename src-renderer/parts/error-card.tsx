import { Button, Code, CopyButton, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import { Notice } from './notice'

interface ErrorCardProps {
  error: SerializedError
  /** What to do from here: buttons. */
  children?: ReactNode
}

/** An error in its place: what happened, where, what to do, and its details to copy. */
export function ErrorCard({ error, children }: ErrorCardProps): ReactNode {
  return (
    <Notice tone="bad" title={error.message} role="alert">
      {error.file === undefined ? null : <Code style={{ overflowWrap: 'anywhere' }}>{error.file}</Code>}
      <Text>{error.hint}</Text>
      <Group gap="sm">
        {children}
        <CopyButton value={JSON.stringify(error, null, 2)}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy details'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Notice>
  )
}
