import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconProgress,
  IconSquareXFilled,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { StageState } from '../../src-shared/api/stages'
import classes from './stage-mark.module.css'

const MARKS = {
  empty: { Icon: IconCircleDashed, words: 'not ready yet' },
  ready: { Icon: IconCircle, words: 'ready' },
  running: { Icon: IconProgress, words: 'running' },
  done: { Icon: IconCircleCheckFilled, words: 'done' },
  stale: { Icon: IconAlertTriangle, words: 'out of date' },
  failed: { Icon: IconSquareXFilled, words: 'failed' },
} as const

/** A stage's state by shape and colour. */
export function StageMark({ state }: { state: StageState['state'] }): ReactNode {
  const { Icon } = MARKS[state]
  return <Icon size={18} className={classes.mark} data-state={state} aria-hidden />
}

/** A stage's state in words. */
export function stateWords(state: StageState['state']): string {
  return MARKS[state].words
}
