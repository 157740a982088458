import { IconCheck, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ShownMark } from '../../review/marks-store'
import classes from './marks.module.css'

/** The sign of a mark on a thumbnail: a tick or a cross, told apart without colour. */
export function MarkBadge({ shown }: { shown: ShownMark | null }): ReactNode {
  if (shown === null) return null
  const Icon = shown.mark === 'keep' ? IconCheck : IconX
  return (
    <span className={classes.badge} data-mark={shown.mark}>
      <Icon size={14} stroke={3} aria-hidden />
    </span>
  )
}
