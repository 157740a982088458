import { Skeleton, Title } from '@mantine/core'
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react'
import { STAGE_LABELS, STAGES, type Stage } from '../../src-shared/api/stages'
import { RedoButton } from '../frame/redo-button'
import { useProject } from '../stores/studio-store'
import classes from './stage-view.module.css'

const modules = import.meta.glob<{ default: ComponentType }>('./*/*-stage.tsx')

const VIEWS = Object.fromEntries(
  STAGES.map((stage) => [stage, lazy(modules[`./${stage}/${stage}-stage.tsx`] ?? missing)]),
) as unknown as Readonly<Record<Stage, ComponentType>>

function missing(): Promise<{ default: ComponentType }> {
  return Promise.resolve({ default: () => null })
}

/**
 * A step's own place, under the page's one h1 and what is to be said where its results are out of date. A stage fills
 * the place below, which scrolls where it is higher; its own headings begin with h2 (`Panel`).
 */
export function StageView({ stage }: { stage: Stage }): ReactNode {
  const state = useProject()?.stages[stage]
  const View = VIEWS[stage]
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
