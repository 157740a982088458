import { Skeleton, Title } from '@mantine/core'
import { lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react'
import { STAGE_LABELS, STAGES, type Stage } from '../../src-shared/api/stages'
import { StudioError } from '../../src-shared/errors/studio-error'
import { RedoButton } from '../frame/redo-button'
import { useProject } from '../stores/studio-store'
import classes from './stage-view.module.css'

/** Each step is loaded when it is first shown, or beforehand while there is nothing else to do. */
const LOADERS: Readonly<Record<Stage, () => Promise<{ default: ComponentType }>>> = {
  sources: () => import('./sources/sources-stage'),
  filter: () => import('./filter/filter-stage'),
  subset: () => import('./subset/subset-stage'),
  generate: () => import('./generate/generate-stage'),
  review: () => import('./review/review-stage'),
  fuse: () => import('./fuse/fuse-stage'),
}

const views = new Map<Stage, ComponentType>()

/** The step's component. One that could not be loaded is not kept, so that it can be loaded again. */
function viewOf(stage: Stage): ComponentType {
  const load = async (): Promise<{ default: ComponentType }> => {
    try {
      return await LOADERS[stage]()
    } catch (cause) {
      views.delete(stage)
      throw new StudioError('studio-unreachable', 'This part of the window could not be loaded.', {
        hint: 'Reload it when the program answers again. Nothing else is touched.',
        cause,
      })
    }
  }
  const view = views.get(stage) ?? lazy(load)
  views.set(stage, view)
  return view
}

/** Loads the steps that were not shown yet, so that none has to be fetched over a line that is broken by then. */
export function loadStagesWhenIdle(): void {
  window.requestIdleCallback(() => {
    // One that cannot be loaded now is tried again when it is shown, and tells then what is wrong.
    for (const stage of STAGES) void LOADERS[stage]().catch(() => undefined)
  })
}

/**
 * A step's own place, under the page's one h1 and what is to be said where its results are out of date. A stage fills
 * the place below, which scrolls where it is higher; its own headings begin with h2 (`Panel`).
 */
export function StageView({ stage }: { stage: Stage }): ReactNode {
  const state = useProject()?.stages[stage]
  // A step is shown under its own key (frame.tsx), so that the stage never changes under it.
  const [View] = useState(() => viewOf(stage))
  return (
    <div className={classes.view}>
      <header className={classes.head}>
        <Title order={1}>{STAGE_LABELS[stage]}</Title>
        {state?.state === 'stale' ? (
          <div className={classes.stale} role="status">
            <span>{state.staleBecause ?? 'Something it was made from has changed'}.</span>
            <RedoButton stage={stage} state={state} />
          </div>
        ) : null}
      </header>
      <div className={classes.place}>
        <Suspense fallback={<Skeleton h="100%" />}>
          <View />
        </Suspense>
      </div>
    </div>
  )
}
