import { Anchor, Group, SegmentedControl, Skeleton, Text, UnstyledButton } from '@mantine/core'
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import { rejectionsAddress } from '../../../src-shared/api/data-routes'
import type { RunState } from '../../../src-shared/api/run-state'
import { SPLITS } from '../../../src-shared/footprint/footprint'
import { EmptyState } from '../../parts/empty-state'
import { formatCount, formatNumber } from '../../parts/format'
import { Panel } from '../../parts/panel'
import { funnelRows, reasonOf, sumFunnels, type FunnelRow } from './funnel'
import classes from './funnel-panel.module.css'
import { toggleShown, useGenerateView } from './generate-view-store'

/** Comes with the charts, which the step does not need to begin with. */
const OutcomeChart = lazy(() => import('./outcome-chart'))

const VIEWS = [
  { value: 'all', label: 'Both' },
  { value: 'train', label: 'Train' },
  { value: 'test', label: 'Test' },
  { value: 'chart', label: 'Compare' },
] as const
type View = (typeof VIEWS)[number]['value']

/** What became of the footprints, line by line; a line that is chosen is shown on the map. */
export function FunnelPanel({ run }: { run: RunState }): ReactNode {
  const [view, setView] = useState<View>('all')
  const only = useGenerateView((store) => store.only)
  const { funnel } = run
  const shown = useMemo(
    () =>
      sumFunnels(SPLITS.filter((split) => view === 'all' || view === split).map((split) => funnel[split])),
    [funnel, view],
  )
  const rows = useMemo(() => funnelRows(shown), [shown])
  const chosen = rows.find(({ state }) => state === only)
  return (
    <Panel
      title="Outcomes"
      grow
      actions={
        <SegmentedControl aria-label="Footprints of" value={view} onChange={setView} data={[...VIEWS]} />
      }
    >
      {run.funnel.train.asked + run.funnel.test.asked === 0 ? (
        <EmptyState
          title="Nothing to count yet"
          text="The footprints are counted once their scenes are chosen."
        />
      ) : view === 'chart' ? (
        <Suspense fallback={<Skeleton h={320} />}>
          <OutcomeChart funnels={funnel} />
        </Suspense>
      ) : (
        <div className={classes.funnel}>
          <div className={classes.asked}>
            <span>In the subset</span>
            <span className={classes.count}>{formatCount(shown.asked)}</span>
          </div>
          <ul className={classes.rows} aria-label="Outcomes; choose one to show it on the map">
            {rows.map((row) => (
              <li key={row.state}>
                <FunnelLine row={row} all={Math.max(shown.asked, 1)} chosen={row === chosen} />
              </li>
            ))}
          </ul>
          <Detail row={chosen} />
        </div>
      )}
    </Panel>
  )
}

interface FunnelLineProps {
  row: FunnelRow
  /** Footprints that the whole width stands for. */
  all: number
  chosen: boolean
}

function FunnelLine({ row, all, chosen }: FunnelLineProps): ReactNode {
  const percent = (count: number): string => `${(100 * count) / all}%`
  return (
    <UnstyledButton
      className={classes.row}
      aria-pressed={chosen}
      aria-label={`${row.label}: ${formatCount(row.count)}`}
      onClick={() => toggleShown(row.state)}
    >
      <span>{row.label}</span>
      <span className={classes.track}>
        {row.count === 0 ? null : (
          <span
            className={classes.bar}
            style={{ left: percent(row.after), width: percent(row.count), backgroundColor: row.colour }}
          />
        )}
      </span>
      <span className={classes.count}>{formatCount(row.count)}</span>
      <span className={classes.share}>{shareWords(row.count, all)}</span>
    </UnstyledButton>
  )
}

/** `3.6 %`; a share that would be rounded to nothing is said to be small. */
function shareWords(count: number, all: number): string {
  const percent = (100 * count) / all
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${formatNumber(percent, percent < 1 ? 1 : 2)} %`
}

/** What the chosen line means, and its footprints as a table. Keeps its place while none is chosen. */
function Detail({ row }: { row: FunnelRow | undefined }): ReactNode {
  const reason = row === undefined ? null : reasonOf(row.state)
  const name = reason ?? 'all'
  return (
    <Group justify="space-between" align="flex-start" gap="md" wrap="nowrap" className={classes.detail}>
      <Text size="xs" c="dimmed">
        {row === undefined
          ? 'Choose a line to see its footprints on the map.'
          : `${row.label}: ${row.meaning}`}
      </Text>
      <Anchor
        size="xs"
        className={classes.save}
        href={rejectionsAddress(reason)}
        download={`rejections_${name}.csv`}
      >
        {reason === null || row === undefined ? 'Save all rejections as CSV' : 'Save these as CSV'}
      </Anchor>
    </Group>
  )
}
