import { IconKeyboard, IconTerminal2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { STAGES } from '../../src-shared/api/stages'
import { IconButton } from '../parts/icon-button'
import { useProject } from '../stores/studio-store'
import { useView } from '../stores/view-store'
import { carryOut } from './carry-out'
import { ColourSchemeMenu } from './colour-scheme-menu'
import { RailStage } from './rail-stage'
import classes from './rail.module.css'

/** The six steps with their states, and the way through them. */
export function Rail(): ReactNode {
  const project = useProject()
  const shown = useView((view) => view.stage)
  const logOpen = useView((view) => view.logOpen)
  if (project === null) return null
  return (
    <nav className={classes.rail} aria-label="Steps">
      <ol className={classes.stages}>
        {STAGES.map((stage, at) => (
          <RailStage
            key={stage}
            stage={stage}
            number={at + 1}
            state={project.stages[stage]}
            isShown={stage === shown}
          />
        ))}
      </ol>
      <div className={classes.foot}>
        <IconButton
          label={logOpen ? 'Hide log' : 'Show log'}
          icon={<IconTerminal2 size={18} aria-hidden />}
          strong={logOpen}
          onClick={() => carryOut('log')}
        />
        <IconButton
          label="Shortcuts"
          icon={<IconKeyboard size={18} aria-hidden />}
          onClick={() => carryOut('shortcuts')}
        />
        <ColourSchemeMenu />
      </div>
    </nav>
  )
}
