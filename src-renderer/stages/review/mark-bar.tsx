import { Group, Text, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { placesIn } from '../../review/index-ranges'
import { useReviewMarks } from '../../review/marks-store'
import { formatCount } from '../../parts/format'
import { MarkButtons } from './mark-buttons'
import classes from './marks.module.css'
import { ReasonMenu } from './reason-menu'
import { useReview, useSamples } from './review-store'
import { useSelectedRanges } from './selection'

/** How many samples are selected, what can be done with them, and how many are marked in all; of batches, which have marks. */
export function MarkBar(): ReactNode {
  const total = useSamples((state) => state.total)
  const selected = placesIn(useSelectedRanges())
  const { review, said } = useReviewMarks()
  const inBatches = useReview(({ query }) => (query.file ?? null) === null)
  if (total === null || total === 0 || !inBatches) return null
  const sum = (mark: 'keep' | 'exclude'): number =>
    review === null ? 0 : review.counts.train[mark] + review.counts.test[mark]
  return (
    <Group gap="md" component="section" aria-label="Marks">
      <Text className={classes.selected}>{`${formatCount(selected)} selected`}</Text>
      <MarkButtons />
      <ReasonMenu label="Reason of what is selected" sample={null} />
      <Text className={classes.counts}>
        {review === null ? ' ' : `${formatCount(sum('keep'))} kept, ${formatCount(sum('exclude'))} excluded`}
      </Text>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </Group>
  )
}
