import { Button, Popover, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { STAGE_LABELS, type Stage, type StageState } from '../../src-shared/api/stages'
import { counted } from '../../src-shared/wording/counted'
import { LAST_STEP_OF_STAGE, startRun } from '../stores/run-actions'
import { isActive, useRun } from '../stores/run-store'

interface RedoButtonProps {
  stage: Stage
  state: StageState
}

/**
 * Makes the results of a step anew, from the first step that is out of date. Where samples were cut, which may have
 * taken hours, it asks first.
 */
export function RedoButton({ stage, state }: RedoButtonProps): ReactNode {
  const [asking, setAsking] = useState(false)
  const busy = useRun(({ run }) => isActive(run))
  const cut = useRun(({ run }) => (run === null ? 0 : run.funnel.train.samples + run.funnel.test.samples))
  if (state.restartFrom === null) return null
  const { restartFrom } = state
  // Fusing anew leaves the samples as they are.
  const loses = cut > 0 && restartFrom !== 'fuse'
  const redo = (): void => {
    setAsking(false)
    void startRun(LAST_STEP_OF_STAGE[stage], restartFrom)
  }
  return (
    <Popover
      opened={asking}
      onChange={setAsking}
      width={280}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="light"
          aria-label={`Redo ${STAGE_LABELS[stage]}`}
          disabled={busy}
          onClick={() => (loses ? setAsking(true) : redo())}
        >
          Redo
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text>
            {counted(cut, 'sample')} that {cut === 1 ? 'was' : 'were'} cut before {cut === 1 ? 'is' : 'are'}{' '}
            removed. Generate cuts them again.
          </Text>
          <Button onClick={redo}>Remove and redo</Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
