import { memo, type ReactNode } from 'react'
import { AlwaysRow } from './always-row'
import { BeamsRow } from './beams-row'
import { DaylightRow } from './daylight-row'
import { DegradeRow } from './degrade-row'
import { FlagsRow } from './flags-row'
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
      <BoxRow bbox={props.project.settings.bbox} />
      <AreaRow area={props.project.settings.area} />
      <AlwaysRow counts={props.counts} />
    </>
  )
})
