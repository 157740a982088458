import type { ReactNode } from 'react'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { Panel } from '../../parts/panel'
import { SettingRow } from '../../settings/setting-row'
import classes from './subset-stage.module.css'

/** Which year goes where is chosen in the Filter step; these keep the splits apart on the ground. */
const SETTINGS_AGAINST_LEAKAGE = ['testDistance', 'splitBlocks', 'splitTestShare', 'splitBuffer'] as const

/** Settings that keep train and test apart; all off at first. */
export function ApartPanel({ project, disabled }: { project: ProjectState; disabled: boolean }): ReactNode {
  return (
    <Panel title="Keep the splits apart">
      <div className={classes.settings}>
        {SETTINGS_AGAINST_LEAKAGE.map((setting) => (
          <SettingRow key={setting} project={project} setting={setting} disabled={disabled} />
        ))}
      </div>
    </Panel>
  )
}
