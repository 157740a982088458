import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { carryOut } from '../../frame/carry-out'
import { formatCount } from '../../parts/format'
import { EmptyState } from '../../parts/empty-state'
import { isActive, useRun } from '../../stores/run-store'
import { useProject } from '../../stores/studio-store'
import { useView } from '../../stores/view-store'
import { changeQuery, useReview, useSamples } from './review-store'

/** What the grid shows while there are no samples, and how they come to be there. */
export function NoSamples(): ReactNode {
  const { split, file, filters } = useReview(({ query }) => query)
  const inProject = useProject() !== null
  const active = useRun(({ run }) => isActive(run))
  const hidden = useSamples(({ of }) => of)
  const isFaulty = useSamples(({ faults }) => faults.length > 0)
  if (hidden > 0 && filters !== undefined && Object.keys(filters).length > 0) {
    return (
      <EmptyState
        title="No sample passes the filters"
        text={`There are ${formatCount(hidden)} without them.`}
      >
        <Button variant="default" onClick={() => changeQuery({ filters: {} })}>
          Remove all filters
        </Button>
      </EmptyState>
    )
  }
  if (file !== null && file !== undefined) {
    return (
      <EmptyState
        title={isFaulty ? 'The file cannot be shown' : 'The file has no samples'}
        text={isFaulty ? 'What is wrong with it is said above.' : 'Another file may have some.'}
      >
        {inProject ? (
          <Button variant="default" onClick={() => changeQuery({ file: null })}>
            Show the batches
          </Button>
        ) : (
          <Button variant="default" onClick={() => carryOut('close-file')}>
            Close file
          </Button>
        )}
      </EmptyState>
    )
  }
  if (split !== null) {
    return (
      <EmptyState
        title={`No ${split} samples yet`}
        text="They appear here as soon as a batch of them is cut."
      >
        <Button variant="default" onClick={() => changeQuery({ split: null })}>
          Show both splits
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={active ? 'The first batch is not finished yet' : 'Nothing is cut yet'}
      text="Samples appear here as soon as their batch is cut."
    >
      <Button variant="default" onClick={() => useView.getState().showStage('generate')}>
        Go to Generate
      </Button>
    </EmptyState>
  )
}
