import { Code, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { SHELL_SETTINGS } from '../../src-shared/settings/cluster-settings'
import { SETTINGS, type Settings } from '../../src-shared/settings/settings'
import { Notice } from '../parts/notice'
import classes from './cluster-panel.module.css'

/** What tasks run of the project's own words, to be read before they are submitted; nothing where there are none. */
export function ShellSettings({ settings }: { settings: Settings }): ReactNode {
  const given = SHELL_SETTINGS.flatMap((key) => {
    const value = settings[key]
    return value === null ? [] : [{ key, value, label: SETTINGS[key].label }]
  })
  if (given.length === 0) return null
  return (
    <Notice tone="warning" title="Tasks run what this project says">
      <dl className={classes.shell}>
        {given.map(({ key, value, label }) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>
              <Code>{value}</Code>
            </dd>
          </div>
        ))}
      </dl>
      <Text c="dimmed">Submit it only if you know these words. The command line alone can change them.</Text>
    </Notice>
  )
}
