import { IconArrowBackUp, IconArrowForwardUp, IconHome } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { IconButton } from '../parts/icon-button'
import { useChangeLabels } from '../review/change-labels'
import { isActive, useRun } from '../stores/run-store'
import { useProject } from '../stores/studio-store'
import { carryOut } from './carry-out'
import { ProjectName } from './project-name'
import { RunningJob } from './running-job'
import { SavedMark } from './saved-mark'
import classes from './title-bar.module.css'

/** The project's name and state, undo and redo, and the running job wherever one is. */
export function TitleBar(): ReactNode {
  const project = useProject()
  const { undo, redo } = useChangeLabels()
  const busy = useRun(({ run }) => isActive(run))
  if (project === null) return null
  return (
    <header className={classes.bar}>
      <IconButton
        label={busy ? 'Close project (a run is going on)' : 'Close project'}
        icon={<IconHome size={18} aria-hidden />}
        disabled={busy}
        onClick={() => carryOut('close-project')}
      />
      <ProjectName key={project.name} name={project.name} />
      <SavedMark saved={project.saved} />
      <div className={classes.history}>
        <IconButton
          label={undo === null ? 'Undo' : `Undo ${undo}`}
          icon={<IconArrowBackUp size={18} aria-hidden />}
          disabled={undo === null}
          onClick={() => carryOut('undo')}
        />
        <IconButton
          label={redo === null ? 'Redo' : `Redo ${redo}`}
          icon={<IconArrowForwardUp size={18} aria-hidden />}
          disabled={redo === null}
          onClick={() => carryOut('redo')}
        />
      </div>
      <div className={classes.rest} />
      <RunningJob />
    </header>
  )
}
