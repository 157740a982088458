import type { ReactNode } from 'react'
import { RemovableChip } from '../../parts/removable-chip'
import { activeSampleFilters } from './filter-words'
import { changeFilters, useReview } from './review-store'
import classes from './sample-filters.module.css'

/** The active filters, each to be taken away. */
export function SampleChips(): ReactNode {
  const filters = useReview(({ query }) => query.filters)
  const active = activeSampleFilters(filters ?? {})
  if (active.length === 0) return null
  return (
    <ul className={classes.chips} aria-label="Active filters">
      {active.map(({ label, without }) => (
        <li key={label}>
          <RemovableChip label={label} onRemove={() => changeFilters(without)} />
        </li>
      ))}
    </ul>
  )
}
