import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { STAGE_LABELS, type Stage, type StageState } from '../../src-shared/api/stages'
import { useView } from '../stores/view-store'
import classes from './rail.module.css'
import { RedoButton } from './redo-button'
import { StageMark, stateWords } from './stage-mark'

interface RailStageProps {
  stage: Stage
  number: number
  state: StageState
  isShown: boolean
}

/**
 * A step in the rail: its state, its result in a line, and what to do where that is out of date; the step that is shown
 * says that in its own place.
 */
export function RailStage({ stage, number, state, isShown }: RailStageProps): ReactNode {
  const showStage = useView((view) => view.showStage)
  const line = lineOf(state)
  return (
    <li className={classes.stage} data-shown={isShown || undefined}>
      <button
        type="button"
        className={classes.button}
        aria-current={isShown ? 'step' : undefined}
        onClick={() => showStage(stage)}
      >
        <StageMark state={state.state} />
        <span className={classes.words}>
          <span className={classes.label}>
            {number} {STAGE_LABELS[stage]}
            <VisuallyHidden component="span">, {stateWords(state.state)}</VisuallyHidden>
          </span>
          {line === null ? null : (
            <span className={classes.line} data-state={state.state} title={line}>
              {line}
            </span>
          )}
        </span>
      </button>
      {state.state === 'stale' && !isShown ? (
        <div className={classes.redo}>
          <RedoButton stage={stage} state={state} />
        </div>
      ) : null}
    </li>
  )
}

function lineOf({ state, staleBecause, result, error }: StageState): string | null {
  if (state === 'stale') return staleBecause ?? result
  if (state === 'failed') return error?.message ?? 'The last run stopped here'
  return result
}
