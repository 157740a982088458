import { Text, VisuallyHidden } from '@mantine/core'
import { useId, type ReactNode } from 'react'
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
export function TypedLimit({ project, setting, word }: TypedLimitProps): ReactNode {
  const id = useId()
  const { label, help } = SETTINGS[setting]
  return (
    <div className={classes.limit}>
      <Text c="dimmed" size="xs" aria-hidden>
        {word}
      </Text>
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
}
