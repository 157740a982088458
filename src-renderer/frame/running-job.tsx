import { Progress, UnstyledButton } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { RunState } from '../../src-shared/api/run-state'
import { STAGE_OF_STEP } from '../../src-shared/api/stages'
import { IconButton } from '../parts/icon-button'
import { isActive, useRun } from '../stores/run-store'
import { useView } from '../stores/view-store'
import { carryOut } from './carry-out'
import { jobWords } from './job-words'
import classes from './running-job.module.css'

/** The run that goes on, wherever people are: what it does, how far it is, and how to hold it. */
export function RunningJob(): ReactNode {
  const run = useRun((store) => store.run)
  if (run === null || !isActive(run)) return null
  return <Job run={run} />
}

function Job({ run }: { run: RunState }): ReactNode {
  const showStage = useView((view) => view.showStage)
  const { label, amount, speed } = jobWords(run)
  const share = run.step === null || run.step.total === 0 ? 0 : (100 * run.step.done) / run.step.total
  return (
    <section className={classes.job} aria-label="Running job">
      <UnstyledButton
        className={classes.words}
        onClick={() => showStage(run.step === null ? 'generate' : STAGE_OF_STEP[run.step.step])}
      >
        <span className={classes.line}>
          <span className={classes.label}>{label}</span>
          <span className={classes.amount}>{amount}</span>
          <span className={classes.speed}>{speed}</span>
        </span>
        <Progress.Root size={4} mt={4}>
          <Progress.Section
            value={share}
            color={run.status === 'running' ? 'accent' : 'gray'}
            aria-label={`Progress of ${label}`}
          />
        </Progress.Root>
      </UnstyledButton>
      {run.status === 'paused' || run.status === 'pausing' ? (
        <IconButton
          label="Resume run"
          icon={<IconPlayerPlay size={18} aria-hidden />}
          disabled={run.status === 'pausing'}
          onClick={() => carryOut('start')}
        />
      ) : (
        <IconButton
          label="Pause run"
          icon={<IconPlayerPause size={18} aria-hidden />}
          disabled={run.status !== 'running'}
          onClick={() => carryOut('pause')}
        />
      )}
      <IconButton
        label="Cancel run"
        icon={<IconPlayerStop size={18} aria-hidden />}
        disabled={run.status === 'cancelling'}
        onClick={() => carryOut('cancel')}
      />
    </section>
  )
}
