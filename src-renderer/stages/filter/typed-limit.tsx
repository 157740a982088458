import { VisuallyHidden } from '@mantine/core'
import { memo, useId, type ReactNode } from 'react'
import type { ProjectState } from '../../../src-shared/api/studio-state'
import { SETTINGS, type SettingKey } from '../../../src-shared/settings/settings'
import { NumberField } from '../../settings/number-field'
import classes from './filter-row.module.css'

interface TypedLimitProps {
  project: ProjectState
  setting: SettingKey
  /** Stands before the field: "from", "below". */
  word: string
}

/** A limit as a number to type, beside the slider that moves it. */
export const TypedLimit = memo(function TypedLimit({ project, setting, word }: TypedLimitProps): ReactNode {
  const id = useId()
  const { label, help } = SETTINGS[setting]
  return (
    <div className={classes.limit}>
      <span className={classes.unit} aria-hidden>
        {word}
      </span>
      <VisuallyHidden>
        <label htmlFor={id}>{label}</label>
      </VisuallyHidden>
      <VisuallyHidden id={`${id}-help`}>{help}</VisuallyHidden>
      <NumberField
        project={project}
        setting={setting}
        disabled={false}
        id={id}
        describedBy={`${id}-help`}
        placeholder="no limit"
      />
    </div>
  )
}, isSame)

/** Settings that the text of a limit is checked against. */
const CHECKED = ['minAgbd', 'maxAgbd'] as const

/** A limit is drawn anew where it or one it must not contradict has changed, not while another slider moves. */
function isSame(before: TypedLimitProps, now: TypedLimitProps): boolean {
  const [one, other] = [before.project, now.project]
  return (
    one.folder === other.folder &&
    before.setting === now.setting &&
    [now.setting, ...CHECKED].every((key) => one.settings[key] === other.settings[key])
  )
}
