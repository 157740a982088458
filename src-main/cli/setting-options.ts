import { Option, type Command } from 'commander'
import { resolve } from 'node:path'
import { flagOf, parseFlag } from '../../src-shared/settings/flags'
import { SETTING_GROUPS } from '../../src-shared/settings/field'
import { SETTING_KEYS, SETTINGS, type SettingKey, type Settings } from '../../src-shared/settings/settings'
import { showValue } from '../../src-shared/settings/show-value'

/** Adds one option for each of some settings (two for switches), in groups, with its unit, bounds and default. */
export function addSettingOptions(command: Command, keys: readonly SettingKey[] = SETTING_KEYS): void {
  for (const key of keys) {
    const { control, group } = SETTINGS[key]
    const flag = flagOf(key)
    const heading = `${SETTING_GROUPS[group]}:`
    const add = (flags: string, help: string): Command =>
      command.addOption(new Option(flags, help).helpGroup(heading))
    if (control.kind === 'boolean') {
      add(`--${flag}`, `${SETTINGS[key].help} (default: ${SETTINGS[key].default === true ? 'yes' : 'no'})`)
      add(`--no-${flag}`, 'The opposite.')
    } else {
      const takesList = control.kind === 'integers' || control.kind === 'words' || control.kind === 'bbox'
      add(`--${flag} <value${takesList ? '...' : ''}>`, describe(key))
    }
  }
}

/** The settings given on the command line, and only those. */
export function givenSettings(command: Command): Partial<Settings> {
  const options: Record<string, unknown> = command.opts()
  const given: [SettingKey, unknown][] = []
  for (const key of SETTING_KEYS) {
    const name = new Option(`--${flagOf(key)} <value>`).attributeName()
    if (command.getOptionValueSource(name) !== 'cli') continue
    const value = options[name]
    const parsed = parseFlag(key, typeof value === 'boolean' ? value : toWords(value))
    // A project may be taken up again from another working folder.
    const isPath = SETTINGS[key].control.kind === 'file' && typeof parsed === 'string'
    given.push([key, isPath ? resolve(parsed) : parsed])
  }
  return Object.fromEntries(given)
}

function toWords(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)]
}

function describe(key: SettingKey): string {
  const setting = SETTINGS[key]
  const { control } = setting
  const facts: string[] = []
  if ('unit' in setting) facts.push(setting.unit)
  if (control.kind === 'number' || control.kind === 'integer' || control.kind === 'integers') {
    facts.push(`${control.min} to ${control.max}`)
  }
  if (control.kind === 'choice' || control.kind === 'words') facts.push(control.choices.join(' | '))
  facts.push(`default: ${showValue(setting.default)}`)
  return `${setting.help} (${facts.join('; ')})`
}
