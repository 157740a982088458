import { Button } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { ClusterState } from '../../src-shared/api/cluster-state'
import type { ProjectState } from '../../src-shared/api/studio-state'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import type { Step } from '../../src-shared/run/steps'
import { StartButton } from '../run/start-button'
import { attempt } from '../stores/change'

/** What can be done to the tasks of a project, and what the last try came to. */
interface ClusterActions {
  error: SerializedError | null
  isNothingLeft: boolean
  submit: (restartFrom: Step | null) => Promise<void>
  cancel: () => Promise<void>
}

/** Submits and cancels; what goes wrong is kept, to be told in its place, until the next try. */
export function useClusterActions(): ClusterActions {
  const [error, setError] = useState<SerializedError | null>(null)
  const [isNothingLeft, setNothingLeft] = useState(false)
  const tell = async (work: Parameters<typeof attempt>[0]): Promise<void> => {
    setError(null)
    setNothingLeft(false)
    setError(await attempt(work))
  }
  return {
    error,
    isNothingLeft,
    submit: (restartFrom) =>
      tell(async (client) => setNothingLeft((await client.cluster.submit({ restartFrom })).jobs === 0)),
    cancel: () => tell((client) => client.cluster.cancel()),
  }
}

interface ClusterButtonsProps {
  project: ProjectState
  cluster: ClusterState
  actions: ClusterActions
  /** Whether a run of this machine goes on. */
  isRunning: boolean
}

/** Submit, or cancel what was submitted. */
export function ClusterButtons({ project, cluster, actions, isRunning }: ClusterButtonsProps): ReactNode {
  const { doing, tasks } = cluster
  if (tasks.some((task) => task.active)) {
    return (
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={16} aria-hidden />}
        loading={doing === 'cancelling'}
        onClick={() => void actions.cancel()}
      >
        Cancel tasks
      </Button>
    )
  }
  return (
    <StartButton
      project={project}
      until="batch"
      label="Submit"
      quiet
      loading={doing === 'submitting'}
      disabled={isRunning || doing !== null || project.stages.generate.state === 'empty'}
      begin={actions.submit}
    />
  )
}
