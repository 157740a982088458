import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { SPLITS } from '../../../src-shared/footprint/footprint'
import { Panel } from '../../parts/panel'
import { isActive, useRun } from '../../stores/run-store'
import { useProject } from '../../stores/studio-store'
import { SubsetMap } from '../../subset-map/subset-map'
import { ApartPanel } from './apart-panel'
import { ChartsPanel } from './charts-panel'
import { useDistributions } from './distributions-store'
import { DrawPanel } from './draw-panel'
import { EvennessTable } from './evenness-table'
import classes from './subset-stage.module.css'

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
        <ApartPanel project={project} disabled={isActive(run)} />
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
