import { Checkbox, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ProjectState } from '../../src-shared/api/studio-state'
import { SCL_LABELS } from '../../src-shared/dataset/scl'
import { sclName } from '../patches/class-names'
import { changeSettings } from '../stores/change'

interface ClassFieldProps {
  project: ProjectState
  disabled: boolean
  labelledBy: string
  describedBy: string
}

/** Which classes of the scene classification may lie under the footprint. */
export function ClassField({ project, disabled, labelledBy, describedBy }: ClassFieldProps): ReactNode {
  const chosen = project.settings.sclFootprintClasses
  return (
    <Checkbox.Group
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      value={chosen.map(String)}
      onChange={(values) =>
        void changeSettings({ sclFootprintClasses: values.map(Number).toSorted((a, b) => a - b) })
      }
    >
      <Group gap="sm">
        {SCL_LABELS.map((label, value) => (
          <Checkbox
            key={label}
            size="xs"
            value={String(value)}
            label={`${value} ${sclName(label)}`}
            disabled={disabled}
          />
        ))}
      </Group>
    </Checkbox.Group>
  )
}
