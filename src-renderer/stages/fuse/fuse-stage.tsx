import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { SPLITS } from '../../../src-shared/footprint/footprint'
import { ErrorCard } from '../../parts/error-card'
import { EmptyState } from '../../parts/empty-state'
import { MarksNotice } from '../../review/marks-notice'
import { useReviewMarks } from '../../review/marks-store'
import { isActive, useRun } from '../../stores/run-store'
import { useProject } from '../../stores/studio-store'
import { useView } from '../../stores/view-store'
import { CardLinks } from './card-links'
import { ContentsPanel } from './contents-panel'
import { listAgain, useDatasets } from './datasets-store'
import { FusePanel } from './fuse-panel'
import classes from './fuse-stage.module.css'
import { useKnownCounts } from './known-counts'
import { LeakagePanel } from './leakage-panel'
import { ReadingPanel } from './reading-panel'
import { SplitPanel } from './split-panel'

/** The step in which the samples become one dataset file for each split. */
export default function FuseStage(): ReactNode {
  const project = useProject()
  const run = useRun((store) => store.run)
  const { files, error } = useDatasets()
  if (project === null || run === null) return <Skeleton className={classes.stage} />
  return <Datasets project={project} run={run} files={files} error={error} />
}

interface DatasetsProps extends ReturnType<typeof useDatasets> {
  project: ProjectState
  run: RunState
}

function Datasets({ project, run, files, error }: DatasetsProps): ReactNode {
  const counts = useKnownCounts(run)
  const review = useReviewMarks((state) => state.review)
  const { fuse } = project.stages
  if (fuse.state === 'empty' && !isActive(run)) return <NothingCut />
  return (
    <div className={classes.stage}>
      <FusePanel project={project} run={run} counts={counts} />
      <MarksNotice />
      {error === null ? null : (
        <ErrorCard error={error.toJSON()}>
          <Button size="compact-sm" onClick={listAgain}>
            Try again
          </Button>
        </ErrorCard>
      )}
      <div className={classes.splits}>
        {SPLITS.map((split) => (
          <SplitPanel
            order={project.settings.order}
            key={split}
            split={split}
            funnel={counts[split]}
            marks={review?.counts[split] ?? null}
            file={files === null ? null : files.find((file) => file.split === split)}
            stage={fuse}
            run={run}
          />
        ))}
      </div>
      <CardLinks project={project} files={files} />
      <LeakagePanel />
      <ReadingPanel folder={project.folder} files={files} />
      <ContentsPanel />
    </div>
  )
}

/** What the step shows before the first batch is cut. */
function NothingCut(): ReactNode {
  return (
    <EmptyState
      title="Nothing is cut yet"
      text="A dataset is fused from finished batches. Generate cuts them."
    >
      <Button onClick={() => useView.getState().showStage('generate')}>Go to Generate</Button>
    </EmptyState>
  )
}
