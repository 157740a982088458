import { Button, Group, SegmentedControl } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import type { Split } from '../../../src-shared/footprint/footprint'
import { COUNTS, SHARES } from '../../charts/measure'
import { EmptyState } from '../../parts/empty-state'
import { ErrorCard } from '../../parts/error-card'
import { Panel } from '../../parts/panel'
import { tablesKey } from '../../run/results-key'
import { useStudio } from '../../stores/studio-store'
import { useView } from '../../stores/view-store'
import { loadDistributions, useDistributions } from './distributions-store'
import { SavedFigures } from './saved-figures'
import { SplitCharts } from './split-charts'

const SPLIT_CHOICES = [
  { value: 'train', label: 'Train' },
  { value: 'test', label: 'Test' },
] as const
const MEASURES = { counts: COUNTS, shares: SHARES } as const
const MEASURE_CHOICES = [
  { value: 'counts', label: 'Footprints' },
  { value: 'shares', label: 'Shares' },
] as const

/** Both tables of one split, side by side on the same axes. */
export function ChartsPanel({ project, run }: { project: ProjectState; run: RunState | null }): ReactNode {
  const { tables, error } = useDistributions()
  const [split, setSplit] = useState<Split>('train')
  const [shown, setShown] = useState<keyof typeof MEASURES>('counts')
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
          <SegmentedControl
            aria-label="Values"
            value={shown}
            onChange={setShown}
            data={[...MEASURE_CHOICES]}
          />
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
        <>
          <SplitCharts split={split} measure={MEASURES[shown]} tables={chosen} />
          {chosen?.subset ? <SavedFigures split={split} /> : null}
        </>
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
