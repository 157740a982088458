import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { STAGE_OF_STEP } from '../../src-shared/api/stages'
import type { ProjectState } from '../../src-shared/api/studio-state'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import type { Step } from '../../src-shared/run/steps'
import { tellError } from '../stores/change'
import { tryToStart } from '../stores/run-actions'
import { restartFor } from './restart'

interface StartButtonProps {
  project: ProjectState
  /** The last step to carry out. */
  until: Step
  label: string
  disabled?: boolean
  loading?: boolean
  quiet?: boolean
  /** What it does instead of starting a run. @param restartFrom the step whose results are to be made anew */
  begin?: (restartFrom: Step | null) => Promise<void>
}

/**
 * Starts a run up to a step. It asks first where samples that were cut would be removed by it, and where tasks on a cluster
 * cut the same batches.
 */
export function StartButton({
  project,
  until,
  label,
  disabled = false,
  loading = false,
  quiet = false,
  begin,
}: StartButtonProps): ReactNode {
  const [asking, { open, close }] = useDisclosure(false)
  const [inTheWay, setInTheWay] = useState<SerializedError | null>(null)
  const { stages } = project
  const restartFrom = restartFor(stages, STAGE_OF_STEP[until])
  const cutAgain = restartFrom !== null && restartFrom !== 'fuse'
  const loses = cutAgain && (stages.generate.state === 'stale' || stages.review.state !== 'empty')
  const run = async (besideJobs: boolean): Promise<void> => {
    const error = await tryToStart(until, restartFrom, besideJobs)
    if (error?.tag === 'cluster-busy') setInTheWay(error)
    else if (error !== null) tellError(error)
  }
  const start = (): void => {
    close()
    void (begin === undefined ? run(false) : begin(restartFrom))
  }
  const startBeside = (): void => {
    setInTheWay(null)
    void run(true)
  }
  return (
    <>
      <Button
        variant={quiet ? 'default' : 'filled'}
        disabled={disabled}
        loading={loading}
        onClick={loses ? open : start}
      >
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
      <Modal opened={inTheWay !== null} onClose={() => setInTheWay(null)} title="Cut beside the cluster?">
        <Stack gap="md">
          <Text>{inTheWay?.message}</Text>
          <Text c="dimmed">
            They and this machine would cut the same batches twice, to the same bytes. Wait for the tasks, or
            cancel them in the Generate step first.
          </Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={startBeside}>
              Start all the same
            </Button>
            <Button onClick={() => setInTheWay(null)} data-autofocus>
              Leave it to the cluster
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
