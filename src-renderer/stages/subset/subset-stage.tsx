import { Button, Group, SegmentedControl, Text } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { SPLITS, type Split } from '../../../src-shared/footprint/footprint'
import { EmptyState } from '../../parts/empty-state'
import { ErrorCard } from '../../parts/error-card'
import { Panel } from '../../parts/panel'
import { tablesKey } from '../../run/results-key'
import { useRun } from '../../stores/run-store'
import { useProject, useStudio } from '../../stores/studio-store'
import { useView } from '../../stores/view-store'
import { SubsetMap } from '../../subset-map/subset-map'
import { loadDistributions, useDistributions } from './distributions-store'
import { DrawPanel } from './draw-panel'
import { EvennessTable } from './evenness-table'
import { SavedFigures } from './saved-figures'
import { SplitCharts } from './split-charts'
import classes from './subset-stage.module.css'

const SPLIT_CHOICES = [
  { value: 'train', label: 'Train' },
  { value: 'test', label: 'Test' },
] as const
const COLOURS = ['split', 'agbd', 'day', 'state'] as const

/** Step 3: how many footprints are taken, and how they are spread before and after. */
export default function SubsetStage(): ReactNode {
  const project = useProject()
  const run = useRun((store) => store.run)
  const tables = useDistributions((store) => store.tables)
  if (project === null) return null
  const some =
    tables !== null &&
    SPLITS.some((split) => tables[split].combined !== null || tables[split].subset !== null)
  return (
    <div className={classes.stage}>
      <div className={classes.side}>
        <DrawPanel project={project} run={run} tables={tables} />
        <Panel title="Evenness">
          <Text size="xs" c="dimmed">
            The subset is as even over the days of the year as the footprints allow. Every day gives the same
            number; a day that has fewer gives all it has, and the others give more. Which footprints of a day
            are taken follows from the seed.
          </Text>
          {some ? <EvennessTable tables={tables} /> : null}
        </Panel>
      </div>
      <div className={classes.main}>
        <ChartsPanel project={project} run={run} />
        <section className={classes.map} aria-label="Map">
          <SubsetMap id="subset" project={project} colours={COLOURS} />
        </section>
      </div>
    </div>
  )
}

/** Both tables of one split, side by side on the same axes. */
function ChartsPanel({ project, run }: { project: ProjectState; run: RunState | null }): ReactNode {
  const { tables, error } = useDistributions()
  const [split, setSplit] = useState<Split>('train')
  const { folder } = project
  const key = tablesKey(project, run)
  const connected = useStudio((store) => store.connected)
  useEffect(() => {
    if (connected) void loadDistributions(folder, key)
  }, [folder, key, connected])
  const chosen = tables?.[split] ?? null
  const nothing = chosen !== null && chosen.combined === null && chosen.subset === null
  return (
    <Panel
      title="Before and after"
      actions={
        <Group gap="lg" wrap="nowrap">
          {chosen?.subset ? <SavedFigures split={split} /> : null}
          <SegmentedControl aria-label="Split" value={split} onChange={setSplit} data={[...SPLIT_CHOICES]} />
        </Group>
      }
    >
      {error !== null ? (
        <ErrorCard error={error}>
          <Button onClick={() => void loadDistributions(folder, key)}>Try again</Button>
        </ErrorCard>
      ) : nothing ? (
        <NoTables hasSources={project.stages.subset.state !== 'empty'} split={split} />
      ) : (
        <SplitCharts split={split} tables={chosen} />
      )}
    </Panel>
  )
}

/** What the charts' place shows while there are no tables, and where to go for them. */
function NoTables({ hasSources, split }: { hasSources: boolean; split: Split }): ReactNode {
  return hasSources ? (
    <EmptyState
      title={`The combined table of ${split} is missing`}
      text="It is made from the granules by the filter. Draw subset makes it too."
    >
      <Button variant="default" onClick={() => useView.getState().showStage('filter')}>
        Go to Filter
      </Button>
    </EmptyState>
  ) : (
    <EmptyState
      title="Nothing to draw from"
      text="Add folders with GEDI L4A granules, or tables, in Sources."
    >
      <Button onClick={() => useView.getState().showStage('sources')}>Go to Sources</Button>
    </EmptyState>
  )
}
