import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { EmptyState } from '../../parts/empty-state'
import { isActive, useRun } from '../../stores/run-store'
import { useView } from '../../stores/view-store'
import { changeQuery, useReview } from './review-store'

/** What the grid shows while there are no samples, and how they come to be there. */
export function NoSamples(): ReactNode {
  const split = useReview(({ query }) => query.split)
  const active = useRun(({ run }) => isActive(run))
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
