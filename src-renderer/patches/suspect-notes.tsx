import { Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { measuredText, SUSPECT_RULES, type SuspectHit } from '../../src-shared/patches/suspects'
import classes from './suspects.module.css'

/** The rules that a sample meets, each with its text and what was measured. */
export function SuspectNotes({ suspects }: { suspects: readonly SuspectHit[] | null }): ReactNode {
  if (suspects === null || suspects.length === 0) return null
  return (
    <ul className={classes.notes} aria-label="Suspect because of">
      {suspects.map((hit) => (
        <li key={hit.rule} className={classes.note}>
          <IconAlertTriangle size={16} className={classes.sign} aria-hidden />
          <div>
            <Text fw={600}>
              {SUSPECT_RULES[hit.rule].label}: {measuredText(hit)}
            </Text>
            <Text size="xs" c="dimmed">
              {SUSPECT_RULES[hit.rule].text}
            </Text>
          </div>
        </li>
      ))}
    </ul>
  )
}
