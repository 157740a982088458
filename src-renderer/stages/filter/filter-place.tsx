import { Progress, Skeleton, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useCallback, useMemo, type ReactNode } from 'react'
import type { LayerState } from '../../../src-shared/api/contract'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import type { FilterCounts } from '../../../src-shared/explore/filter-counts'
import type { BoundingBox } from '../../../src-shared/settings/field'
import { FootprintMap } from '../../map/footprint-map'
import { ErrorCard } from '../../parts/error-card'
import { formatCount } from '../../parts/format'
import { FilterChips } from './filter-chips'
import { FilterList } from './filter-list'
import classes from './filter-place.module.css'
import { changeFilter, useFilter } from './filter-store'
import { MakeTables } from './make-tables'
import { Timeline } from './timeline'
import { Totals } from './totals'

/** Milliseconds without a new answer after which the map shows it: not all the while a slider moves. */
const SETTLED_MS = 400

const COLOURS = ['agbd', 'split', 'day', 'state', 'count'] as const

interface FilterPlaceProps {
  project: ProjectState
  /** null before the studio has said how far they are loaded. */
  layer: LayerState | null
}

/** Map and timeline at the left, the filters at the right; everything has its place while it loads. */
export function FilterPlace({ project, layer }: FilterPlaceProps): ReactNode {
  const counts = useFilter((state) => state.counts)
  const draft = useFilter((state) => state.draft)
  const drafted = useMemo(
    () => ({ ...project, settings: { ...project.settings, ...draft } }),
    [project, draft],
  )
  const loaded = layer?.state === 'loaded' ? layer : null
  const given = loaded?.filterable === false
  const [revision] = useDebouncedValue(counts === null ? null : String(counts.revision), SETTLED_MS)
  const takeBox = useCallback((bbox: BoundingBox | null) => changeFilter({ bbox }), [])
  return (
    <div className={classes.place}>
      {given ? null : <FilterChips project={drafted} />}
      <div className={classes.seen}>
        <div className={classes.map}>
          <FootprintMap
            id="filter"
            label="Map of the footprints"
            layer="footprints"
            revision={loaded === null ? null : revision}
            bounds={loaded?.bounds ?? null}
            summary={summaryOf(counts)}
            colours={COLOURS}
            droppable={!given}
            splitByYear={!given && drafted.settings.splitBlocks !== null}
            box={given ? null : drafted.settings.bbox}
            {...(given ? {} : { onBox: takeBox })}
          />
        </div>
        {counts === null ? (
          <Skeleton className={classes.timeline} radius={0} />
        ) : (
          <Timeline project={drafted} counts={counts} fixed={given} />
        )}
      </div>
      <div className={classes.filters}>
        {counts === null ? <Loading layer={layer} /> : <Totals counts={counts} />}
        <div className={classes.list}>
          <Fault />
          {counts === null ? (
            <Placeholders />
          ) : given ? (
            <Text p="md" c="dimmed">
              These footprints come from tables that were given. They are used as they are; the filter does
              not apply to them.
            </Text>
          ) : (
            <FilterList project={drafted} counts={counts} />
          )}
        </div>
        {given ? null : <MakeTables project={project} kept={counts?.kept ?? null} />}
      </div>
    </div>
  )
}

/** Why there is no answer for the newest settings; a fault of the area file shows in its own row. */
function Fault(): ReactNode {
  const error = useFilter((state) => state.countsError)
  if (error === null || error.tag === 'area-invalid') return null
  return <ErrorCard error={error} />
}

function Loading({ layer }: { layer: LayerState | null }): ReactNode {
  const { what, done, total } =
    layer?.state === 'loading' ? layer : { what: 'Loading footprints', done: 0, total: 0 }
  const percent = total === 0 ? 0 : (100 * done) / total
  return (
    <Stack gap="sm" p="md" role="status">
      <Text>
        {what}
        {total === 0 ? '' : `, ${formatCount(done)} of ${formatCount(total)}`}
      </Text>
      <Progress value={percent} aria-label="Loading footprints" />
    </Stack>
  )
}

function Placeholders(): ReactNode {
  return (
    <Stack gap="lg" p="md" aria-hidden>
      {[96, 88, 88, 88, 88].map((height, row) => (
        <Skeleton key={row} h={height} />
      ))}
    </Stack>
  )
}

function summaryOf(counts: FilterCounts | null): string {
  if (counts === null) return 'The footprints are being loaded.'
  const { total, train, test, dropped } = counts
  return `${formatCount(total)} footprints: ${formatCount(train)} train, ${formatCount(test)} test, ${formatCount(dropped)} dropped.`
}
