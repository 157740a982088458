import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { SUSPECT_RULES, type SuspectHit } from '../../src-shared/patches/suspects'
import classes from './suspects.module.css'

/** A small sign on a thumbnail whose sample is suspect; its words are part of the thumbnail's name. */
export function SuspectMark({ suspects }: { suspects: readonly SuspectHit[] | null }): ReactNode {
  if (suspects === null || suspects.length === 0) return null
  return (
    <span className={classes.mark} title={suspects.map(({ rule }) => SUSPECT_RULES[rule].label).join(', ')}>
      <IconAlertTriangle size={14} aria-hidden />
    </span>
  )
}
