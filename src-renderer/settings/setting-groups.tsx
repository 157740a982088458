import { Accordion, Badge, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ProjectState } from '../../src-shared/api/studio-state'
import { SETTING_GROUPS, type SettingGroup } from '../../src-shared/settings/field'
import { SETTING_KEYS, SETTINGS, type SettingKey } from '../../src-shared/settings/settings'
import { isChanged } from './is-changed'
import { SettingRow } from './setting-row'

interface SettingGroupsProps {
  project: ProjectState
  groups: readonly SettingGroup[]
  /** Groups that are open at first. */
  open: readonly SettingGroup[]
  disabled: boolean
  /** Settings that have a place of their own. */
  without?: readonly SettingKey[]
}

/** A form made from the table of settings, in groups that fold. */
export function SettingGroups({
  project,
  groups,
  open,
  disabled,
  without = [],
}: SettingGroupsProps): ReactNode {
  return (
    <Accordion multiple defaultValue={[...open]} chevronPosition="left" order={3} transitionDuration={120}>
      {groups.map((group) => {
        const keys = SETTING_KEYS.filter((key) => SETTINGS[key].group === group && !without.includes(key))
        const changed = keys.filter((key) => isChanged(project.settings, key)).length
        return (
          <Accordion.Item key={group} value={group}>
            <Accordion.Control>
              <Group justify="space-between" wrap="nowrap">
                <Text fw={600}>{SETTING_GROUPS[group]}</Text>
                {changed === 0 ? null : (
                  <Badge variant="light" tt="none" fw={400} size="md">
                    {changed} changed
                  </Badge>
                )}
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              {keys.map((key) => (
                <SettingRow key={key} project={project} setting={key} disabled={disabled} />
              ))}
            </Accordion.Panel>
          </Accordion.Item>
        )
      })}
    </Accordion>
  )
}
