import { Button, Group } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import type { RunState } from '../../src-shared/api/run-state'
import { cancelRun, pauseRun, resumeRun } from '../stores/run-actions'

/** Pause or resume, and cancel: what can be done to the run that goes on. */
export const RunButtons = memo(function RunButtons({ status }: { status: RunState['status'] }): ReactNode {
  const held = status === 'paused' || status === 'pausing'
  return (
    <Group gap="sm" wrap="nowrap">
      {held ? (
        <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => void resumeRun()}>
          Resume
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          disabled={status !== 'running'}
          onClick={() => void pauseRun()}
        >
          Pause
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={16} aria-hidden />}
        disabled={status === 'cancelling'}
        onClick={() => void cancelRun()}
      >
        Cancel
      </Button>
    </Group>
  )
})
