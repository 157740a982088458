import { TextInput } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { ProjectState } from '../../src-shared/api/studio-state'
import { SETTINGS, type SettingKey, type Settings } from '../../src-shared/settings/settings'
import { changeSettings } from '../stores/change'
import { useDraft, useDrafts } from './drafts-store'
import { readTyped, shownNumber } from './read-typed'
import classes from './setting-row.module.css'

interface NumberFieldProps {
  project: ProjectState
  setting: SettingKey
  disabled: boolean
  id: string
  describedBy: string
  /** What no value means. */
  placeholder?: string
}

/**
 * A number as text: what is typed stays until it is a value within the bounds, and is then one step of undo. Enter and
 * leaving the field take it over, Esc brings the project's value back, the arrow keys step.
 */
export function NumberField(props: NumberFieldProps): ReactNode {
  const { project, setting, disabled, id, describedBy } = props
  // The program chooses what changes no result; a limit that is not there is off.
  const placeholder = props.placeholder ?? (SETTINGS[setting].affects === null ? 'automatic' : 'off')
  const draft = useDraft(project.folder, setting)
  const { keep, drop } = useDrafts.getState()
  const value = project.settings[setting]
  // The text must not change when the field is entered: what was selected in it would no longer be.
  const text = draft ?? shownNumber(setting, value)
  const typed = draft === undefined ? null : readTyped(setting, draft, project.settings)

  // What was typed stands until the project has it, so that the old value does not show in between.
  const taken = useRef<number | null | undefined>(undefined)
  useEffect(() => {
    if (taken.current === undefined || taken.current !== value) return
    taken.current = undefined
    useDrafts.getState().drop(project.folder, setting)
  }, [value, project.folder, setting])

  const commit = async (typedText: string): Promise<void> => {
    const read = readTyped(setting, typedText, project.settings)
    if ('problem' in read) return
    if (read.value === value) {
      drop(project.folder, setting)
      return
    }
    taken.current = read.value
    if (!(await changeSettings({ [setting]: read.value }))) taken.current = undefined
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && draft !== undefined) void commit(draft)
    if (event.key === 'Escape' && draft !== undefined) {
      event.stopPropagation()
      drop(project.folder, setting)
    }
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const next = stepped(project.settings, setting, text, event.key === 'ArrowUp' ? 1 : -1)
      if (next === null) return
      event.preventDefault()
      keep(project.folder, setting, next)
    }
  }
  return (
    <TextInput
      id={id}
      aria-describedby={describedBy}
      classNames={{ input: classes.number }}
      inputMode={SETTINGS[setting].control.kind === 'integer' ? 'numeric' : 'decimal'}
      placeholder={placeholder}
      value={text}
      error={typed !== null && 'problem' in typed ? typed.problem : undefined}
      disabled={disabled}
      onChange={(event) => {
        taken.current = undefined
        keep(project.folder, setting, event.currentTarget.value)
      }}
      onBlur={() => {
        if (draft !== undefined) void commit(draft)
      }}
      onKeyDown={onKeyDown}
    />
  )
}

/** The text one step up or down from what is typed; null where that is no number or the bound is reached. */
function stepped(settings: Settings, setting: SettingKey, text: string, direction: 1 | -1): string | null {
  const { control } = SETTINGS[setting]
  const read = readTyped(setting, text, settings)
  if ((control.kind !== 'number' && control.kind !== 'integer') || 'problem' in read || read.value === null)
    return null
  // Rounded to the step's own digits: 0.1 + 0.2 is to be 0.3.
  const next = Number((read.value + direction * (control.step ?? 1)).toFixed(6))
  return next >= control.min && next <= control.max ? shownNumber(setting, next) : null
}
