import { useMemo, type ReactNode } from 'react'
import { SETTINGS } from '../../../src-shared/settings/settings'
import { DayField } from './day-field'
import { barsOfDays, dayAfter, daysBetween, dayTicks } from './days'
import { changeFilter, commitSoon, draftFilter } from './filter-store'
import { HistogramSlider } from './histogram-slider'
import type { RowProps } from './limit-rows'
import classes from './timeline.module.css'

const changeFirst = (day: string | null): void => changeFilter({ dateFrom: day })
const changeLast = (day: string | null): void => changeFilter({ dateTo: day })

/** Names of the bars by their width in days. */
const PERIODS: Readonly<Record<number, string>> = { 1: 'day', 7: 'week', 14: 'two weeks', 28: 'four weeks' }

/** Labels begin at their day; the last ones of the axis would be cut off. */
const LAST_LABEL = 0.92

interface TimelineProps extends RowProps {
  /** Whether a part can be chosen: not where the tables were given. */
  fixed: boolean
}

/** Footprints over the whole time of the granules; a part of it can be chosen. */
export function Timeline({ project, counts, fixed }: TimelineProps): ReactNode {
  const { dateFrom, dateTo } = project.settings
  const { days } = counts
  const bins = useMemo(() => (days === null ? null : barsOfDays(days)), [days])
  const width = bins === null ? 1 : bins.edges[1] - bins.edges[0]
  const first = days?.first ?? ''
  const length = days?.all.length ?? 0
  const ticks = useMemo(() => (length === 0 ? [] : dayTicks(first, length)), [first, length])
  const reversed = dateFrom !== null && dateTo !== null && dateFrom > dateTo
  return (
    <section className={classes.timeline} aria-label="Timeline">
      <header className={classes.head}>
        <h2 className={classes.title}>Footprints per {PERIODS[width] ?? `${width} days`}</h2>
        <div className={classes.days} hidden={fixed}>
          <DayField
            label={SETTINGS.dateFrom.label}
            value={dateFrom}
            error={reversed ? 'After the last day' : null}
            onChange={changeFirst}
          />
          <span className={classes.to}>to</span>
          <DayField label={SETTINGS.dateTo.label} value={dateTo} error={null} onChange={changeLast} />
        </div>
      </header>
      {bins === null ? (
        <p className={classes.to}>There are no footprints to show.</p>
      ) : (
        <>
          <HistogramSlider
            label="Days"
            bins={bins}
            limits={{
              low: dateFrom === null ? null : daysBetween(first, dateFrom),
              high: dateTo === null ? null : daysBetween(first, dateTo) + 1,
            }}
            thumbs={fixed ? 'none' : 'both'}
            step={1}
            words={(value, end) => dayAfter(first, end === 'low' ? value : value - 1)}
            onMove={({ low, high }) =>
              draftFilter({
                dateFrom: low === null ? null : dayAfter(first, low),
                dateTo: high === null ? null : dayAfter(first, high - 1),
              })
            }
            onDone={commitSoon}
            height={64}
          />
          <svg className={classes.axis} aria-hidden>
            {ticks
              .filter(({ day }) => day < LAST_LABEL * length)
              .map(({ day, label }) => (
                <text key={day} x={`${(100 * day) / length}%`} y={12}>
                  {label}
                </text>
              ))}
          </svg>
        </>
      )}
    </section>
  )
}
