import { useEffect, type ReactNode } from 'react'
import { STAGE_LABELS } from '../../src-shared/api/stages'
import { loadStagesWhenIdle, StageView } from '../stages/stage-view'
import { followMarks } from '../review/marks-store'
import { useProject } from '../stores/studio-store'
import { useView } from '../stores/view-store'
import classes from './frame.module.css'
import { LogPanel } from './log-panel'
import { Rail } from './rail'
import { RecoveredNotice } from './recovered-notice'
import { StageBoundary } from './stage-boundary'
import { TitleBar } from './title-bar'

/** The window around an open project: title bar, rail, the step's own place, log. */
export function Frame(): ReactNode {
  const stage = useView((view) => view.stage)
  const logOpen = useView((view) => view.logOpen)
  useEffect(loadStagesWhenIdle, [])
  const folder = useProject()?.folder
  useEffect(followMarks, [folder])
  return (
    <div className={classes.frame}>
      <TitleBar />
      <Rail />
      <div className={classes.place}>
        <RecoveredNotice />
        <main className={classes.main} id="step">
          <StageBoundary key={stage} title={STAGE_LABELS[stage]}>
            <StageView stage={stage} />
          </StageBoundary>
        </main>
        {logOpen ? <LogPanel /> : null}
      </div>
    </div>
  )
}
