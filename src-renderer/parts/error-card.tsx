import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { SerializedError } from '../../src-shared/errors/studio-error'

interface ErrorCardProps {
  error: SerializedError
  /** What to do from here: buttons. */
  children?: ReactNode
}

/** An error in its place: what happened, where, what to do, and its details to copy. */
export function ErrorCard({ error, children }: ErrorCardProps): ReactNode {
  return (
    <Alert
      color="red"
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={error.message}
      role="alert"
    >
      <Stack gap="sm">
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
      </Stack>
    </Alert>
  )
}
