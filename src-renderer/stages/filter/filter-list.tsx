import { memo, type ReactNode } from 'react'
import { AlwaysRow } from './always-row'
import { BeamsRow, DaylightRow, DegradeRow, FlagsRow } from './choice-rows'
import { AgbdRow, SensitivityRow, StandardErrorRow, type RowProps } from './limit-rows'
import { AreaRow, BoxRow } from './place-rows'
import { YearsTable } from './years-table'

/** All filters, those first that are used most. */
export const FilterList = memo(function FilterList(props: RowProps): ReactNode {
  return (
    <>
      <YearsTable {...props} />
      <StandardErrorRow {...props} />
      <AgbdRow {...props} />
      <SensitivityRow {...props} />
      <DaylightRow {...props} />
      <BeamsRow {...props} />
      <FlagsRow {...props} />
      <DegradeRow {...props} />
      <BoxRow {...props} />
      <AreaRow {...props} />
      <AlwaysRow counts={props.counts} />
    </>
  )
})
