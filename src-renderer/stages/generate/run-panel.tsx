import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { ErrorCard } from '../../parts/error-card'
import { Panel } from '../../parts/panel'
import { RunButtons } from '../../run/run-buttons'
import { StartButton } from '../../run/start-button'
import { StepProgress } from '../../run/step-progress'
import { isActive } from '../../stores/run-store'
import { useView } from '../../stores/view-store'
import { RunFacts } from './run-facts'
import classes from './run-panel.module.css'
import { runWords } from './run-words'
import { WorkerLanes } from './worker-lanes'

interface RunPanelProps {
  project: ProjectState
  run: RunState | null
  /** Whether tasks on a cluster cut its samples. */
  onCluster: boolean
}

/** The run: how far it is and what can be done to it, or what it would do and the button that begins it. */
export function RunPanel({ project, run, onCluster }: RunPanelProps): ReactNode {
  return (
    <Panel title="The run">
      {run === null ? (
        <Skeleton h={48} />
      ) : isActive(run) ? (
        <RunUnderWay run={run} />
      ) : (
        <RunAtRest project={project} run={run} onCluster={onCluster} />
      )}
    </Panel>
  )
}

function RunUnderWay({ run }: { run: RunState }): ReactNode {
  return (
    <Stack gap="md">
      <StepProgress run={run} large />
      <div className={classes.line}>
        <RunFacts run={run} active />
        <Stack gap="xs" align="flex-end">
          <RunButtons status={run.status} />
        </Stack>
      </div>
      <WorkerLanes lanes={run.workers} />
      <Text size="xs" c="dimmed">
        Pause finishes the batches in flight and begins no new ones. Cancel stops within 2 s; finished batches
        stay, and Start goes on from there.
      </Text>
    </Stack>
  )
}

function RunAtRest({ project, run, onCluster }: RunPanelProps & { run: RunState }): ReactNode {
  const stage = project.stages.generate
  const { title, text, start } = runWords(run, stage, onCluster)
  const samples = run.funnel.train.samples + run.funnel.test.samples
  return (
    <Stack gap="md">
      <div className={classes.line}>
        <div>
          <Text size="lg" fw={600}>
            {title}
          </Text>
          <Text c="dimmed">{text}</Text>
        </div>
        <Group gap="sm" wrap="nowrap">
          {stage.state === 'empty' ? (
            <Button onClick={() => useView.getState().showStage('sources')}>Go to Sources</Button>
          ) : null}
          {samples > 0 ? (
            <>
              <Button variant="default" onClick={() => useView.getState().showStage('review')}>
                Review patches
              </Button>
              <Button
                variant={start === null ? 'filled' : 'default'}
                onClick={() => useView.getState().showStage('fuse')}
              >
                Go to Fuse
              </Button>
            </>
          ) : null}
          {start === null ? null : (
            <StartButton project={project} until="batch" label={start} quiet={onCluster} />
          )}
        </Group>
      </div>
      {run.status === 'failed' && run.error !== null ? <ErrorCard error={run.error} /> : null}
    </Stack>
  )
}
