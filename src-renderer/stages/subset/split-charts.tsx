import { Skeleton } from '@mantine/core'
import { useMemo, type ReactNode } from 'react'
import type { TableDistribution } from '../../../src-shared/explore/distribution'
import type { Split } from '../../../src-shared/footprint/footprint'
import { AgbdChart } from '../../charts/agbd-chart'
import type { CountSeries } from '../../charts/chart-table'
import { DayOfYearChart } from '../../charts/day-of-year-chart'
import { percentages, SHARES, type Measure } from '../../charts/measure'
import { MonthChart } from '../../charts/month-chart'
import { SPLIT_COLOURS } from '../../theme/data-colours'
import type { SplitTables } from './distributions-store'
import classes from './subset-stage.module.css'

const DAYS_HEIGHT = 240
const SMALL_HEIGHT = 208

interface SplitChartsProps {
  split: Split
  measure: Measure
  /** null while the tables are read. */
  tables: SplitTables | null
}

type Look = Omit<CountSeries, 'values'>

/** One split before and after drawing: over the days of the year, by month, by AGBD. */
export function SplitCharts({ split, measure, tables }: SplitChartsProps): ReactNode {
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
  const days = useMemo(
    () => series.map(({ look, table }) => ({ ...look, values: measured(table.perDay, measure) })),
    [series, measure],
  )
  const months = useMemo(
    () => series.map(({ look, table }) => ({ ...look, values: measured(table.perMonth, measure) })),
    [series, measure],
  )
  const agbd = useMemo(() => series.map(({ look, table }) => ({ ...look, agbd: table.agbd })), [series])
  if (tables === null) return <SkeletonCharts />
  return (
    <div className={classes.charts}>
      <div className={classes.wide}>
        <DayOfYearChart
          title={`${measure.counted} per day of the year, ${split}`}
          fileName={`${split}_footprints_per_day`}
          height={DAYS_HEIGHT}
          series={days}
          measure={measure}
        />
      </div>
      <MonthChart
        title={`${measure.counted} per month, ${split}`}
        fileName={`${split}_footprints_per_month`}
        height={SMALL_HEIGHT}
        series={months}
        measure={measure}
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

function measured(counts: readonly number[], measure: Measure): readonly number[] {
  return measure === SHARES ? percentages(counts) : counts
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
