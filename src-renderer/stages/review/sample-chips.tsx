import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
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
          <button
            type="button"
            className={classes.chip}
            aria-label={`Remove ${label}`}
            title={`Remove ${label}`}
            onClick={() => changeFilters(without)}
          >
            <span className={classes.label}>{label}</span>
            <IconX size={12} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
