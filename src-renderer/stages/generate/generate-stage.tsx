import type { ReactNode } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { ClusterPanel } from '../../cluster/cluster-panel'
import { useCluster } from '../../cluster/use-cluster'
import { Panel } from '../../parts/panel'
import { SettingGroups } from '../../settings/setting-groups'
import { isActive, useRun } from '../../stores/run-store'
import { useProject } from '../../stores/studio-store'
import { SubsetMap } from '../../subset-map/subset-map'
import { funnelRows, sumFunnels } from './funnel'
import { FunnelPanel } from './funnel-panel'
import classes from './generate-stage.module.css'
import { useGenerateView } from './generate-view-store'
import { NewestStrip } from './newest-strip'
import { PreflightPanel } from './preflight-panel'
import { ProblemsPanel } from './problems-panel'
import { RunPanel } from './run-panel'

const GROUPS = ['run', 'network', 'output', 'scene', 'scl', 'terrain'] as const
const OPEN = ['run'] as const
const COLOURS = ['state', 'agbd', 'split', 'day'] as const

/** Step 4: the run that cuts the samples, before, during and after. */
export default function GenerateStage(): ReactNode {
  const project = useProject()
  const run = useRun((store) => store.run)
  const cluster = useCluster(project?.folder ?? null)
  if (project === null) return null
  const active = isActive(run)
  const asked = run === null ? 0 : run.funnel.train.asked + run.funnel.test.asked
  const results = run !== null && (active || asked > 0) ? <Results project={project} run={run} /> : null
  return (
    <div className={classes.stage}>
      <RunPanel project={project} run={run} onCluster={cluster?.tasks.some((task) => task.active) === true} />
      {cluster?.looked === true ? <ClusterPanel project={project} run={run} cluster={cluster} /> : null}
      {results}
      {active ? null : (
        <div className={classes.columns} data-loose>
          <PreflightPanel project={project} />
          <Panel title="Settings of the run" grow>
            <SettingGroups project={project} groups={GROUPS} open={OPEN} disabled={false} />
          </Panel>
        </div>
      )}
    </div>
  )
}

/** What a run has made so far. */
function Results({ project, run }: { project: ProjectState; run: RunState }): ReactNode {
  const chosen = useGenerateView((view) => view.only)
  const both = sumFunnels([run.funnel.train, run.funnel.test])
  // A line that was chosen may have emptied since; the map then shows all again.
  const only = funnelRows(both).some(({ state, count }) => state === chosen && count > 0) ? chosen : null
  return (
    <>
      <NewestStrip run={run} />
      <div className={classes.columns}>
        <FunnelPanel run={run} />
        <section className={classes.map} aria-label="Map">
          <SubsetMap id="generate" project={project} colours={COLOURS} only={only} legendFolded />
        </section>
      </div>
      <ProblemsPanel run={run} />
    </>
  )
}
