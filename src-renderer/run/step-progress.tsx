import { Group, Progress, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RunState } from '../../src-shared/api/run-state'
import { STEP_LABELS } from '../../src-shared/run/steps'
import { doneWords, leftWords, percentDone, rateWords, STATUS_WORDS } from './progress-words'
import classes from './step-progress.module.css'

interface StepProgressProps {
  run: RunState
  /** The main figure of a page, rather than a line inside a panel. */
  large?: boolean
}

/** How far the step under way is: done of total, rate, time left. Keeps its height while these are not known. */
export function StepProgress({ run, large = false }: StepProgressProps): ReactNode {
  const { step, status } = run
  const label = step === null ? 'Preparing' : STEP_LABELS[step.step]
  const percent = percentDone(run)
  const asks = status === 'running' ? null : STATUS_WORDS[status]
  return (
    <div className={classes.progress}>
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text fw={600} size={large ? 'lg' : 'sm'}>
          {label}
        </Text>
        <Text size={large ? 'lg' : 'sm'} className={classes.number}>
          {doneWords(run) ?? ' '}
        </Text>
      </Group>
      <Progress.Root size={large ? 12 : 8} transitionDuration={120}>
        <Progress.Section
          value={percent}
          aria-label={label}
          aria-valuetext={`${Math.floor(percent)} %`}
          color={status === 'running' ? 'accent' : 'gray'}
        />
      </Progress.Root>
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text size="xs" c="dimmed" className={classes.number}>
          {asks ?? rateWords(run) ?? ' '}
        </Text>
        <Text size="xs" c="dimmed" className={classes.number}>
          {status === 'running' ? (leftWords(run) ?? ' ') : ' '}
        </Text>
      </Group>
    </div>
  )
}
