import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { STAGE_OF_STEP } from '../../src-shared/api/stages'
import type { ProjectState } from '../../src-shared/api/studio-state'
import type { Step } from '../../src-shared/run/steps'
import { startRun } from '../stores/run-actions'
import { restartFor } from './restart'

interface StartButtonProps {
  project: ProjectState
  /** The last step to carry out. */
  until: Step
  label: string
  disabled?: boolean
  quiet?: boolean
}

/** Starts a run up to a step. Where samples that were cut would be removed by it, it asks first. */
export function StartButton({
  project,
  until,
  label,
  disabled = false,
  quiet = false,
}: StartButtonProps): ReactNode {
  const [asking, { open, close }] = useDisclosure(false)
  const { stages } = project
  const restartFrom = restartFor(stages, STAGE_OF_STEP[until])
  const cutAgain = restartFrom !== null && restartFrom !== 'fuse'
  const loses = cutAgain && (stages.generate.state === 'stale' || stages.review.state !== 'empty')
  const start = (): void => {
    close()
    void startRun(until, restartFrom)
  }
  return (
    <>
      <Button variant={quiet ? 'default' : 'filled'} disabled={disabled} onClick={loses ? open : start}>
        {label}
      </Button>
      <Modal opened={asking} onClose={close} title="Make results anew?">
        <Stack gap="md">
          <Text>
            Samples that were cut from the earlier results are removed, because they no longer belong to the
            settings. Datasets stay until they are fused again.
          </Text>
          <Text c="dimmed">To keep the samples, undo the change of settings instead.</Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close} data-autofocus>
              Keep the samples
            </Button>
            <Button variant="default" c="var(--studio-bad)" onClick={start}>
              Remove and go on
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
