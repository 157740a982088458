import { Button, Group, Stack, Text } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { ErrorCard } from '../../parts/error-card'
import { Panel } from '../../parts/panel'
import { useReviewMarks } from '../../review/marks-store'
import { RunButtons } from '../../run/run-buttons'
import { StartButton } from '../../run/start-button'
import { StepProgress } from '../../run/step-progress'
import { ask } from '../../stores/change'
import { startRun } from '../../stores/run-actions'
import { isActive } from '../../stores/run-store'
import { useStudio } from '../../stores/studio-store'
import { CopyCommandLine } from './copy-command-line'
import { fuseLabel, fuseWords } from './fuse-figures'

interface FusePanelProps {
  project: ProjectState
  run: RunState
  counts: RunState['funnel']
}

/** Fuses the datasets, and says before and meanwhile what that takes. */
export function FusePanel({ project, run, counts }: FusePanelProps): ReactNode {
  const active = isActive(run)
  const face = useStudio(({ state }) => state?.face)
  const { fuse } = project.stages
  const excluded = useReviewMarks(({ review }) =>
    review === null ? 0 : review.counts.train.exclude + review.counts.test.exclude,
  )
  const words = fuseWords(project, counts, excluded)
  return (
    <Panel
      title="Datasets"
      actions={
        <Group gap="sm" wrap="nowrap">
          {face === 'desktop' ? (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconFolder size={14} aria-hidden />}
              onClick={() => void ask((client) => client.studio.showFolder({ path: project.folder }))}
            >
              Open folder
            </Button>
          ) : null}
          <CopyCommandLine />
        </Group>
      }
    >
      <Stack gap="sm">
        {active || fuse.error === null ? null : <ErrorCard error={fuse.error} />}
        {active ? (
          <Progress run={run} />
        ) : (
          <Group gap="md">
            {fuse.state === 'done' ? (
              <Button variant="default" onClick={() => void startRun('fuse', 'fuse')}>
                Fuse again
              </Button>
            ) : (
              <StartButton project={project} until="fuse" label={fuseLabel(project, counts)} />
            )}
            <div>
              {words.map((sentence) => (
                <Text key={sentence}>{sentence}</Text>
              ))}
            </div>
          </Group>
        )}
      </Stack>
    </Panel>
  )
}

function Progress({ run }: { run: RunState }): ReactNode {
  const before = run.step !== null && run.step.step !== 'fuse'
  return (
    <>
      <StepProgress run={run} />
      <Group justify="space-between">
        <Text c="dimmed">{beforeWords(run, before)}</Text>
        <RunButtons status={run.status} />
      </Group>
    </>
  )
}

function beforeWords({ until }: RunState, before: boolean): string {
  if (until !== 'fuse') return 'This run ends before the datasets are fused.'
  return before ? 'The datasets are fused when this is done.' : ' '
}
