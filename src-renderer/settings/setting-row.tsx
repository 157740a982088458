import { ActionIcon, SegmentedControl, Switch, Text, Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import type { ProjectState } from '../../src-shared/api/studio-state'
import { DEFAULT_SETTINGS, SETTINGS, type SettingKey } from '../../src-shared/settings/settings'
import { showValue } from '../../src-shared/settings/show-value'
import { AddressField } from '../parts/address-field'
import { changeSettings } from '../stores/change'
import { ClassField } from './class-field'
import { useDrafts } from './drafts-store'
import { isChanged } from './is-changed'
import { NumberField } from './number-field'
import classes from './setting-row.module.css'
import { TextField } from './text-field'

interface SettingRowProps {
  project: ProjectState
  setting: SettingKey
  disabled?: boolean
  /** What stands below the help: the count that is available. */
  children?: ReactNode
}

/** One setting of the table: its name, help, field with unit, and whether it differs from the default. */
export function SettingRow({ project, setting, disabled = false, children }: SettingRowProps): ReactNode {
  const id = useId()
  const [labelId, helpId] = [`${id}-label`, `${id}-help`]
  const { label, help } = SETTINGS[setting]
  const unit = 'unit' in SETTINGS[setting] ? SETTINGS[setting].unit : null
  const changed = isChanged(project.settings, setting)
  const reset = (): void => {
    useDrafts.getState().drop(project.folder, setting)
    void changeSettings({ [setting]: DEFAULT_SETTINGS[setting] })
  }
  return (
    <div className={classes.place}>
      <div
        className={classes.row}
        data-changed={changed || undefined}
        data-wide={['integers', 'text', 'url'].includes(SETTINGS[setting].control.kind) || undefined}
      >
        <div className={classes.words}>
          <RowLabel setting={setting} id={id} labelId={labelId} />
          <Text size="xs" c="dimmed" id={helpId}>
            {help}
          </Text>
          {children}
        </div>
        <div className={classes.control}>
          <SettingControl
            project={project}
            setting={setting}
            disabled={disabled}
            id={id}
            labelId={labelId}
            helpId={helpId}
          />
          {unit === null ? null : (
            <Text span size="xs" c="dimmed" className={classes.unit}>
              {unit}
            </Text>
          )}
          <Tooltip label={`Changed. Back to ${showValue(DEFAULT_SETTINGS[setting])}`} disabled={!changed}>
            <ActionIcon
              className={classes.reset}
              data-hidden={!changed || undefined}
              variant="subtle"
              size="sm"
              disabled={disabled || !changed}
              onClick={reset}
              aria-label={`${label}: back to ${showValue(DEFAULT_SETTINGS[setting])}`}
            >
              <IconArrowBackUp size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
    </div>
  )
}

/** The name of a setting; of a field that is several controls it is no label of one of them. */
function RowLabel({ setting, id, labelId }: { setting: SettingKey; id: string; labelId: string }): ReactNode {
  const { label, control } = SETTINGS[setting]
  const single = control.kind === 'number' || control.kind === 'integer' || control.kind === 'boolean'
  return single ? (
    <label htmlFor={id} id={labelId} className={classes.label}>
      {label}
    </label>
  ) : (
    <span id={labelId} className={classes.label}>
      {label}
    </span>
  )
}

interface SettingControlProps extends Required<Omit<SettingRowProps, 'children'>> {
  id: string
  labelId: string
  helpId: string
}

function SettingControl({ project, setting, disabled, id, labelId, helpId }: SettingControlProps): ReactNode {
  const { control } = SETTINGS[setting]
  const value = project.settings[setting]
  switch (control.kind) {
    case 'number':
    case 'integer':
      return (
        <NumberField
          key={project.folder}
          project={project}
          setting={setting}
          disabled={disabled}
          id={id}
          describedBy={helpId}
        />
      )
    case 'boolean':
      return (
        <Switch
          id={id}
          aria-describedby={helpId}
          checked={value === true}
          disabled={disabled}
          onChange={(event) => void changeSettings({ [setting]: event.currentTarget.checked })}
        />
      )
    case 'choice':
      return (
        <SegmentedControl
          size="xs"
          aria-labelledby={labelId}
          data={[...control.choices]}
          value={String(value)}
          disabled={disabled}
          onChange={(chosen) => void changeSettings({ [setting]: chosen })}
        />
      )
    case 'integers':
      return <ClassField project={project} disabled={disabled} labelledBy={labelId} describedBy={helpId} />
    case 'url':
      return (
        <AddressField
          label={SETTINGS[setting].label}
          describedBy={helpId}
          placeholder="https://…"
          value={typeof value === 'string' ? value : null}
          disabled={disabled}
          onChange={(address) => changeSettings({ [setting]: address })}
        />
      )
    case 'text':
      return (
        <TextField
          project={project}
          setting={setting}
          disabled={disabled}
          labelledBy={labelId}
          describedBy={helpId}
        />
      )
    // Days, beams, areas and boxes have their own controls in the filter.
    case 'words':
    case 'date':
    case 'file':
    case 'bbox':
      return null
  }
}
