import type { ReactNode } from 'react'
import type { FilterCounts } from '../../../src-shared/explore/filter-counts'
import { formatCount } from '../../parts/format'
import { FilterRow } from './filter-row'
import classes from './filter-row.module.css'

/** What cannot be turned off: a footprint without biomass is of no use. */
export function AlwaysRow({ counts }: { counts: FilterCounts }): ReactNode {
  const removed = counts.filters.find(({ name }) => name === 'agbd-missing')?.removed ?? 0
  return (
    <FilterRow title="AGBD missing" filters={['agbd-missing']}>
      <p className={classes.note}>
        {removed === 0
          ? 'Every footprint has a biomass.'
          : `${formatCount(removed)} footprints have no biomass and are always left out.`}
      </p>
    </FilterRow>
  )
}
