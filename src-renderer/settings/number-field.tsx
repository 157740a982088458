import { TextInput } from '@mantine/core'
import { useState, type KeyboardEvent, type ReactNode } from 'react'
import type { ProjectState } from '../../src-shared/api/studio-state'
import { SETTINGS, type SettingKey } from '../../src-shared/settings/settings'
import { formatCount } from '../parts/format'
import { changeSettings } from '../stores/change'
import { useDraft, useDrafts } from './drafts-store'
import { readTyped } from './read-typed'
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
  const { project, setting, disabled, id, describedBy, placeholder = 'automatic' } = props
  const [focused, setFocused] = useState(false)
  const draft = useDraft(project.folder, setting)
  const { keep, drop } = useDrafts.getState()
  const value = project.settings[setting]
  const plain = typeof value === 'number' ? String(value) : ''
  const shown = typeof value === 'number' && Number.isInteger(value) ? formatCount(value) : plain
  const typed = draft === undefined ? null : readTyped(setting, draft, project.settings)

  const commit = async (text: string): Promise<void> => {
    const read = readTyped(setting, text, project.settings)
    if ('problem' in read) return
    if (read.value === value || (await changeSettings({ [setting]: read.value })))
      drop(project.folder, setting)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && draft !== undefined) void commit(draft)
    if (event.key === 'Escape' && draft !== undefined) {
      event.stopPropagation()
      drop(project.folder, setting)
    }
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const next = stepped(setting, draft ?? plain, event.key === 'ArrowUp' ? 1 : -1)
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
      value={draft ?? (focused ? plain : shown)}
      error={typed !== null && 'problem' in typed ? typed.problem : undefined}
      disabled={disabled}
      onChange={(event) => keep(project.folder, setting, event.currentTarget.value)}
      onFocus={() => setFocused(true)}
      onBlur={() => {
        setFocused(false)
        if (draft !== undefined) void commit(draft)
      }}
      onKeyDown={onKeyDown}
    />
  )
}

/** The text one step up or down from what is typed; null where that is no number or the bound is reached. */
function stepped(setting: SettingKey, text: string, direction: 1 | -1): string | null {
  const { control } = SETTINGS[setting]
  if ((control.kind !== 'number' && control.kind !== 'integer') || text === '') return null
  const size = control.step ?? 1
  // Rounded to the step's own digits: 0.1 + 0.2 is to be 0.3.
  const next = Number((Number(text) + direction * size).toFixed(6))
  return Number.isFinite(next) && next >= control.min && next <= control.max ? String(next) : null
}
