import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DatasetFile } from '../../../src-shared/api/inspection'
import type { Funnel, RunState } from '../../../src-shared/api/run-state'
import type { StageState } from '../../../src-shared/api/stages'
import type { Split } from '../../../src-shared/footprint/footprint'
import type { ReviewCounts } from '../../../src-shared/review/marks'
import type { Settings } from '../../../src-shared/settings/settings'
import { formatCount } from '../../parts/format'
import { Panel } from '../../parts/panel'
import { DatasetPart } from './dataset-file'
import { figuresOf } from './fuse-figures'
import classes from './fuse-stage.module.css'
import { LeftOutTable } from './left-out-table'

const TITLES: Readonly<Record<Split, string>> = { train: 'Train', test: 'Test' }

const ORDERS: Readonly<Record<Settings['order'], (split: Split) => string>> = {
  subset: (split) => `In the order of ${split}_subset.csv.`,
  spatial: () => 'In the order of a curve over the ground, neighbours together.',
  random: () => 'In random order, by the seed.',
}

interface SplitPanelProps {
  split: Split
  order: Settings['order']
  funnel: Funnel
  marks: ReviewCounts | null
  file: DatasetFile | undefined | null
  stage: StageState
  run: RunState
}

/** One split: what goes into its dataset, what stays out and why, and the file that there is. */
export function SplitPanel({ split, order, funnel, marks, file, stage, run }: SplitPanelProps): ReactNode {
  const figures = figuresOf(funnel, marks)
  return (
    <Panel title={TITLES[split]}>
      <Stack gap="md">
        {figures.asked === 0 ? (
          <Text>How many samples go in is known once they are cut.</Text>
        ) : (
          <>
            <Text size="lg" fw={600} className={classes.number}>
              {`${formatCount(figures.samples)} ${figures.samples === 1 ? 'sample' : 'samples'}`}
            </Text>
            <LeftOutTable label={`Footprints of the ${split} subset`} figures={figures} />
          </>
        )}
        <Text c="dimmed">{ORDERS[order](split)} A footprint that is left out leaves no gap.</Text>
        <DatasetPart split={split} file={file} stage={stage} run={run} />
      </Stack>
    </Panel>
  )
}
