import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconTerminal2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ask } from '../../stores/change'

/** Copies the command line that makes the datasets with the project's settings. */
export function CopyCommandLine(): ReactNode {
  const { copied, copy } = useClipboard({ timeout: 1500 })
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconTerminal2 size={14} aria-hidden />}
      onClick={() => void ask(async (client) => copy(await client.project.commandLine({ until: 'fuse' })))}
    >
      {copied ? 'Copied' : 'Copy as command line'}
    </Button>
  )
}
