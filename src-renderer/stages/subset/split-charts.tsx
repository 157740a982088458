import { Skeleton } from '@mantine/core'
import { useMemo, type ReactNode } from 'react'
import type { TableDistribution } from '../../../src-shared/explore/distribution'
import type { Split } from '../../../src-shared/footprint/footprint'
import { AgbdChart } from '../../charts/agbd-chart'
import type { CountSeries } from '../../charts/chart-table'
import { DayOfYearChart } from '../../charts/day-of-year-chart'
import { MonthChart } from '../../charts/month-chart'
import { SPLIT_COLOURS } from '../../theme/data-colours'
import type { SplitTables } from './distributions-store'
import classes from './subset-stage.module.css'

const DAYS_HEIGHT = 240
const SMALL_HEIGHT = 208

interface SplitChartsProps {
  split: Split
  /** null while the tables are read. */
  tables: SplitTables | null
}

type Look = Omit<CountSeries, 'values'>

/** One split before and after drawing: over the days of the year, by month, by AGBD. */
export function SplitCharts({ split, tables }: SplitChartsProps): ReactNode {
  const series = useMemo(() => {
    const looks: readonly { look: Look; table: TableDistribution | null }[] = [
      {
        look: { label: 'Before: combined table', colour: 'var(--studio-quiet)', weight: 'ground' },
        table: tables?.combined ?? null,
      },
      {
        look: { label: 'After: subset', colour: SPLIT_COLOURS[split], weight: 'figure' },
        table: tables?.subset ?? null,
      },
    ]
    return looks.flatMap(({ look, table }) => (table === null ? [] : [{ look, table }]))
  }, [split, tables])
  const days = useMemo(() => series.map(({ look, table }) => ({ ...look, values: table.perDay })), [series])
  const months = useMemo(
    () => series.map(({ look, table }) => ({ ...look, values: table.perMonth })),
    [series],
  )
  const agbd = useMemo(() => series.map(({ look, table }) => ({ ...look, agbd: table.agbd })), [series])
  if (tables === null) return <SkeletonCharts />
  return (
    <div className={classes.charts}>
      <div className={classes.wide}>
        <DayOfYearChart
          title={`Footprints per day of the year, ${split}`}
          fileName={`${split}_footprints_per_day`}
          height={DAYS_HEIGHT}
          series={days}
        />
      </div>
      <MonthChart
        title={`Footprints per month, ${split}`}
        fileName={`${split}_footprints_per_month`}
        height={SMALL_HEIGHT}
        series={months}
      />
      <AgbdChart
        title={`Share of footprints by AGBD, ${split}`}
        fileName={`${split}_agbd`}
        height={SMALL_HEIGHT}
        series={agbd}
      />
    </div>
  )
}

/** The places of the charts while their data are read. */
function SkeletonCharts(): ReactNode {
  return (
    <div className={classes.charts} aria-busy="true">
      <Skeleton className={classes.wide} height={DAYS_HEIGHT + 56} />
      <Skeleton height={SMALL_HEIGHT + 56} />
      <Skeleton height={SMALL_HEIGHT + 56} />
    </div>
  )
}
