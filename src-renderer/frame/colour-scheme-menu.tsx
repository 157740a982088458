import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface Scheme {
  value: MantineColorScheme
  label: string
  Icon: typeof IconSun
}

const AUTO: Scheme = { value: 'auto', label: 'As the system', Icon: IconDeviceDesktop }
const SCHEMES: readonly Scheme[] = [
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
  AUTO,
]

/** Light, dark, or as the system has it; kept in this window. */
export function ColourSchemeMenu(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { label, Icon } = SCHEMES.find(({ value }) => value === colorScheme) ?? AUTO
  return (
    <Menu position="top-start" shadow="md">
      <Menu.Target>
        <ActionIcon aria-label={`Appearance: ${label}`} title="Appearance">
          <Icon size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => {
            const chosen = SCHEMES.find((scheme) => scheme.value === value)
            if (chosen !== undefined) setColorScheme(chosen.value)
          }}
        >
          {SCHEMES.map((scheme) => (
            <Menu.RadioItem key={scheme.value} value={scheme.value} closeMenuOnClick>
              {scheme.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
