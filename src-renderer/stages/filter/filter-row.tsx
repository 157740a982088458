import type { ReactNode } from 'react'
import type { ExploreFilter } from '../../../src-shared/explore/filter-names'
import { formatCount, shortCount } from '../../parts/format'
import classes from './filter-row.module.css'
import { useFilter } from './filter-store'

interface FilterRowProps {
  title: string
  unit?: string
  /** The filters of the row; their numbers stand at its right. */
  filters: readonly ExploreFilter[]
  children: ReactNode
}

/** The place of one filter in the list: its name and unit, what passes it, what it alone removes, and its form. */
export function FilterRow({ title, unit, filters, children }: FilterRowProps): ReactNode {
  return (
    <section className={classes.row} aria-label={title}>
      <header className={classes.head}>
        <h3 className={classes.title}>
          {title}
          {unit === undefined ? null : <span className={classes.unit}> {unit}</span>}
        </h3>
        <Costs filters={filters} />
      </header>
      {children}
    </section>
  )
}

/** What the filters of a row cost. A row of several names the sum of what each one removes alone. */
function Costs({ filters }: { filters: readonly ExploreFilter[] }): ReactNode {
  const counts = useFilter((state) => state.counts)
  if (counts === null) return null
  const asked = counts.filters.filter(({ name, active }) => active && filters.includes(name))
  if (asked.length === 0) return <span className={classes.costs}>off</span>
  const alone = asked.reduce((sum, filter) => sum + filter.alone, 0)
  const removed = asked.length === 1 ? asked[0].removed : null
  const exact =
    removed === null
      ? `${formatCount(alone)} footprints fail one of these filters and no other.`
      : `${formatCount(counts.total - removed)} footprints pass, ${formatCount(removed)} fail. ${formatCount(alone)} of these fail no other filter.`
  return (
    <span className={classes.costs} title={exact}>
      {removed === null ? null : <>{shortCount(counts.total - removed)} pass · </>}
      {alone === 0 ? 0 : `−${shortCount(alone)}`} alone
    </span>
  )
}
