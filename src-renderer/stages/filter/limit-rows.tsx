import { useMemo, type ReactNode } from 'react'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import type { FilterCounts, HistogramName } from '../../../src-shared/explore/filter-counts'
import { SETTINGS } from '../../../src-shared/settings/settings'
import { formatCount, formatNumber } from '../../parts/format'
import classes from './filter-row.module.css'
import { FilterRow } from './filter-row'
import { commitSoon, draftFilter } from './filter-store'
import { drawnBins } from './histogram-shape'
import { HistogramSlider, type Limits } from './histogram-slider'
import { TypedLimit } from './typed-limit'

const ERROR_CONTROL = SETTINGS.maxRelativeStandardError.control
const LARGEST_ERROR = ERROR_CONTROL.kind === 'number' ? ERROR_CONTROL.max : Number.MAX_VALUE

/** What every row of the list is given. */
export interface RowProps {
  /** The project with the settings as they are being changed. */
  project: ProjectState
  counts: FilterCounts
}

/** Smallest and largest biomass. */
export function AgbdRow({ project, counts }: RowProps): ReactNode {
  const { minAgbd, maxAgbd } = project.settings
  return (
    <FilterRow title="AGBD" unit="Mg/ha" filters={['agbd-range']}>
      <LimitHistogram
        name="agbd"
        label="AGBD"
        counts={counts}
        limits={{ low: minAgbd, high: maxAgbd }}
        thumbs="both"
        step={1}
        words={(value) => `${formatNumber(value, 4)} Mg/ha`}
        onMove={({ low, high }) => draftFilter({ minAgbd: low, maxAgbd: high })}
      />
      <div className={classes.limits}>
        <TypedLimit project={project} setting="minAgbd" word="from" />
        <TypedLimit project={project} setting="maxAgbd" word="to" />
      </div>
    </FilterRow>
  )
}

/** Largest share of the standard error in the biomass; the far right stands for the setting's own bound. */
export function StandardErrorRow({ project, counts }: RowProps): ReactNode {
  const { maxRelativeStandardError } = project.settings
  return (
    <FilterRow title="Relative standard error" filters={['relative-standard-error']}>
      <LimitHistogram
        name="relative-standard-error"
        label="Relative standard error"
        counts={counts}
        limits={{ low: null, high: maxRelativeStandardError }}
        thumbs="high"
        step={0.01}
        words={(value) => formatNumber(value, 3)}
        onMove={({ high }) => draftFilter({ maxRelativeStandardError: high ?? LARGEST_ERROR })}
      />
      <div className={classes.limits}>
        <TypedLimit project={project} setting="maxRelativeStandardError" word="SE / AGBD below" />
      </div>
    </FilterRow>
  )
}

/** Smallest beam sensitivity. */
export function SensitivityRow({ project, counts }: RowProps): ReactNode {
  return (
    <FilterRow title="Sensitivity" unit="fraction" filters={['sensitivity']}>
      <LimitHistogram
        name="sensitivity"
        label="Sensitivity"
        counts={counts}
        limits={{ low: project.settings.minSensitivity, high: null }}
        thumbs="low"
        step={0.001}
        words={(value) => formatNumber(value, 4)}
        onMove={({ low }) => draftFilter({ minSensitivity: low })}
      />
      <div className={classes.limits}>
        <TypedLimit project={project} setting="minSensitivity" word="at least" />
      </div>
      <MissingColumn counts={counts} column="sensitivity" />
    </FilterRow>
  )
}

interface LimitHistogramProps {
  name: HistogramName
  label: string
  counts: FilterCounts
  limits: Limits
  thumbs: 'low' | 'high' | 'both' | 'none'
  step: number
  words: (value: number) => string
  onMove: (limits: Limits) => void
}

/** The histogram of a value with the slider of its limits. */
export function LimitHistogram({ name, label, counts, ...slider }: LimitHistogramProps): ReactNode {
  const histogram = counts.histograms[name]
  const bins = useMemo(() => drawnBins(histogram), [histogram])
  if (histogram.edges.length < 2) {
    return <p className={classes.note}>No footprint has this value.</p>
  }
  return <HistogramSlider label={label} bins={bins} height={44} onDone={commitSoon} {...slider} />
}

/** Says which granules cannot be judged by a filter, because they lack its column. */
export function MissingColumn({
  counts,
  column,
}: {
  counts: FilterCounts
  column: FilterCounts['missing'][number]['column']
}): ReactNode {
  const missing = counts.missing.find((entry) => entry.column === column)
  if (missing === undefined || missing.granules === 0) return null
  return (
    <p className={classes.note}>
      {formatCount(missing.granules)} granules with {formatCount(missing.shots)} shots lack it: they fail this
      filter.
    </p>
  )
}
