import { Button, Text } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { restartFor } from '../../run/restart'
import { StepProgress } from '../../run/step-progress'
import { startRun } from '../../stores/run-actions'
import { isActive, useRun } from '../../stores/run-store'
import classes from './make-tables.module.css'

/** Writes the combined tables from what the filter keeps; says where they stand. */
export const MakeTables = memo(function MakeTables({
  project,
  kept,
}: {
  project: ProjectState
  kept: number | null
}): ReactNode {
  const run = useRun((store) => store.run)
  const { state, staleBecause } = project.stages.filter
  if (run !== null && isActive(run)) {
    return (
      <footer className={classes.foot}>
        <StepProgress run={run} />
      </footer>
    )
  }
  const done = state === 'done'
  return (
    <footer className={classes.foot}>
      <Text size="xs" c="dimmed">
        {done ? 'The train and test tables are up to date.' : null}
        {state === 'stale'
          ? `${staleBecause ?? 'Something has changed since'}. The tables are those of before.`
          : null}
        {!done && state !== 'stale' ? 'Writes what is kept into the train and test tables.' : null}
      </Text>
      <Button
        className={classes.button}
        disabled={done || kept === 0}
        onClick={() => void startRun('combine', restartFor(project.stages, 'filter'))}
      >
        Make tables
      </Button>
    </footer>
  )
})
