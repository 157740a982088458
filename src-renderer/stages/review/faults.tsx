import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { SerializedError } from '../../../src-shared/errors/studio-error'
import { counted } from '../../../src-shared/wording/counted'
import { ErrorCard } from '../../parts/error-card'
import { Folded } from '../../parts/folded'
import { Notice } from '../../parts/notice'
import classes from './faults.module.css'
import { useReview } from './review-store'

/** Batch files that cannot be read: one line that counts them, and each with what to do when it is opened. */
export function Faults({ faults }: { faults: readonly SerializedError[] }): ReactNode {
  const isAlone = useReview(({ query }) => query.file !== null && query.file !== undefined)
  if (faults.length === 0) return null
  if (isAlone) return <ErrorCard error={faults[0]} />
  return (
    <Notice
      tone="warning"
      role="status"
      title={`${counted(faults.length, 'batch file')} cannot be read. The samples of all others are shown.`}
    >
      <Text>Delete such a file and generate again: its batch is cut anew.</Text>
      <Folded what="details">
        {(opened) => (
          <Stack gap="sm" className={classes.list} tabIndex={opened ? 0 : -1} aria-label="Details">
            {faults.map((fault) => (
              <ErrorCard key={`${fault.file ?? ''} ${fault.message}`} error={fault} />
            ))}
          </Stack>
        )}
      </Folded>
    </Notice>
  )
}
