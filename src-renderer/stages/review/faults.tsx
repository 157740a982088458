import { Button, Collapse, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import type { SerializedError } from '../../../src-shared/errors/studio-error'
import { counted } from '../../../src-shared/wording/counted'
import { ErrorCard } from '../../parts/error-card'
import classes from './faults.module.css'

/** Batch files that cannot be read: one line that counts them, and each with what to do when it is opened. */
export function Faults({ faults }: { faults: readonly SerializedError[] }): ReactNode {
  const [opened, { toggle }] = useDisclosure(false)
  const id = useId()
  if (faults.length === 0) return null
  return (
    <div className={classes.faults} role="status">
      <Group gap="sm">
        <IconAlertTriangle size={16} aria-hidden className={classes.mark} />
        <Text>{`${counted(faults.length, 'batch file')} cannot be read. All other samples are shown.`}</Text>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={opened}
          aria-controls={id}
          onClick={toggle}
        >
          {opened ? 'Hide details' : 'Show details'}
        </Button>
      </Group>
      <Collapse expanded={opened} id={id}>
        <Stack gap="sm" mt="sm" className={classes.list}>
          {faults.map((fault) => (
            <ErrorCard key={`${fault.file ?? ''} ${fault.message}`} error={fault} />
          ))}
        </Stack>
      </Collapse>
    </div>
  )
}
