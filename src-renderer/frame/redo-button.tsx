import { Button, Popover, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { STAGE_LABELS, type Stage, type StageState } from '../../src-shared/api/stages'
import { LAST_STEP_OF_STAGE, startRun } from '../stores/run-actions'
import { isActive, useRun } from '../stores/run-store'
import { useProject } from '../stores/studio-store'

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
  const cut = useProject()?.stages.generate.result ?? null
  if (state.restartFrom === null) return null
  const { restartFrom } = state
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
          onClick={() => (cut === null ? redo() : setAsking(true))}
        >
          Redo
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text>What was made before is removed: {cut}. It is made again when you generate.</Text>
          <Button onClick={redo}>Remove and redo</Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
