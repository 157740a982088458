import { Group, Progress, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RunState } from '../../src-shared/api/run-state'
import { jobWords } from '../frame/job-words'
import classes from './step-progress.module.css'

interface StepProgressProps {
  run: Pick<RunState, 'status' | 'step' | 'finishing' | 'rate' | 'etaSeconds'>
  /** The main figure of a page, rather than a line inside a panel. */
  large?: boolean
}

/** How far the step under way is: done of total, rate, time left. Keeps its height while these are not known. */
export function StepProgress({ run, large = false }: StepProgressProps): ReactNode {
  const { step, status, etaSeconds } = run
  const { label, amount, speed } = jobWords(run)
  const percent = step === null || step.total <= 0 ? 0 : Math.min(100, (100 * step.done) / step.total)
  return (
    <div className={classes.progress}>
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text fw={600} size={large ? 'lg' : 'sm'}>
          {label}
        </Text>
        <Text size={large ? 'lg' : 'sm'} className={classes.number}>
          {amount}
        </Text>
      </Group>
      <Progress.Root size={large ? 12 : 8}>
        <Progress.Section
          value={percent}
          aria-label={label}
          color={status === 'running' ? 'accent' : 'gray'}
        />
      </Progress.Root>
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text size="xs" c="dimmed" className={classes.number}>
          {step === null ? '' : `To do: ${step.what}`}
        </Text>
        <Text size="xs" c="dimmed" className={classes.number}>
          {speed !== '' && etaSeconds !== null ? `${speed} left` : speed}
        </Text>
      </Group>
    </div>
  )
}
