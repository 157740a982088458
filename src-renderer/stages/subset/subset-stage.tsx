import { Button, Group, SegmentedControl } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { SPLITS, type Split } from '../../../src-shared/footprint/footprint'
import { EmptyState } from '../../parts/empty-state'
import { ErrorCard } from '../../parts/error-card'
import { Panel } from '../../parts/panel'
import { useRun } from '../../stores/run-store'
import { useProject } from '../../stores/studio-store'
import { useView } from '../../stores/view-store'
import { loadDistributions, useDistributions } from './distributions-store'
import { DrawPanel } from './draw-panel'
import { EvennessTable } from './evenness-table'
import { SavedFigures } from './saved-figures'
import { SplitCharts } from './split-charts'
import classes from './subset-stage.module.css'

/** Step 3: how many footprints are taken, and how they are spread before and after. */
export default function SubsetStage(): ReactNode {
  const project = useProject()
  const run = useRun((store) => store.run)
  const { tables, error } = useDistributions()
  const [split, setSplit] = useState<Split>('train')
  const { folder, resultsRevision } = project ?? {}
  useEffect(() => {
    if (folder !== undefined && resultsRevision !== undefined)
      void loadDistributions({ folder, resultsRevision })
  }, [folder, resultsRevision])
  if (project === null) return null

  const chosen = tables?.[split] ?? null
  const nothing = chosen !== null && chosen.combined === null && chosen.subset === null
  return (
    <div className={classes.stage}>
      <div className={classes.side}>
        <DrawPanel project={project} run={run} tables={tables} />
        {tables === null ||
        SPLITS.every((name) => tables[name].combined === null && tables[name].subset === null) ? null : (
          <Panel title="Evenness">
            <EvennessTable tables={tables} />
          </Panel>
        )}
      </div>
      <div className={classes.main}>
        <Panel
          title="Before and after"
          grow
          actions={
            <Group gap="lg" wrap="nowrap">
              {chosen?.subset ? <SavedFigures split={split} /> : null}
              <SegmentedControl
                aria-label="Split"
                value={split}
                onChange={(value) => setSplit(value)}
                data={[
                  { value: 'train', label: 'Train' },
                  { value: 'test', label: 'Test' },
                ]}
              />
            </Group>
          }
        >
          {error !== null ? (
            <ErrorCard error={error}>
              <Button onClick={() => void loadDistributions(project)}>Try again</Button>
            </ErrorCard>
          ) : nothing ? (
            <NoTables stage={project.stages.subset.state === 'empty' ? 'sources' : 'filter'} split={split} />
          ) : (
            <SplitCharts split={split} tables={chosen} />
          )}
        </Panel>
      </div>
    </div>
  )
}

/** What the charts' place shows while there are no tables, and where to go for them. */
function NoTables({ stage, split }: { stage: 'sources' | 'filter'; split: Split }): ReactNode {
  return stage === 'sources' ? (
    <EmptyState
      title="Nothing to draw from"
      text="Add folders with GEDI L4A granules, or tables, in Sources."
    >
      <Button onClick={() => useView.getState().showStage('sources')}>Go to Sources</Button>
    </EmptyState>
  ) : (
    <EmptyState
      title={`The combined table of ${split} is missing`}
      text="It is made from the granules by the filter. Draw subset makes it too."
    >
      <Button variant="default" onClick={() => useView.getState().showStage('filter')}>
        Go to Filter
      </Button>
    </EmptyState>
  )
}
