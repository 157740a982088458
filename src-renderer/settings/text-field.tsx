import type { ReactNode } from 'react'
import type { ProjectState } from '../../src-shared/api/studio-state'
import { SETTINGS, type SettingKey } from '../../src-shared/settings/settings'
import { DraftTextInput } from '../parts/draft-text-input'
import { changeSettings } from '../stores/change'

interface TextFieldProps {
  project: ProjectState
  setting: SettingKey
  disabled: boolean
  labelledBy: string
  describedBy: string
}

/** Words of a setting that may be left out. */
export function TextField({
  project,
  setting,
  disabled,
  labelledBy,
  describedBy,
}: TextFieldProps): ReactNode {
  const { control, schema } = SETTINGS[setting]
  const value = project.settings[setting]
  return (
    <DraftTextInput
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      placeholder={control.kind === 'text' ? control.example : ''}
      value={typeof value === 'string' ? value : null}
      disabled={disabled}
      problemOf={(text) => {
        const checked = schema.safeParse(text)
        return checked.success ? null : `This ${checked.error.issues.at(0)?.message ?? 'cannot be used'}.`
      }}
      onCommit={(text) => changeSettings({ [setting]: text })}
    />
  )
}
