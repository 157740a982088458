import type { Step } from '../run/steps'
import { SETTING_GROUPS, type SettingControl, type SettingGroup } from './field'
import { flagOf } from './flags'
import { SETTING_KEYS, SETTINGS, type SettingKey } from './settings'
import { showValue } from './show-value'

const INTRODUCTION = `# Settings

Every setting is a flag of the commands that work on a project (\`run\`, \`ingest\`, \`combine\`, \`subset\`, \`plan\`, \`fuse\`, \`batch\`)
and a key of \`project.json\`. A project keeps its settings: a later command on the same folder takes them from there, and a
flag that is given replaces the kept value. This page is made from the table of settings in the program
(\`npx vitest run src-shared/settings -u\`); change it there.

How values are written:

- A switch is turned on by its flag and off by the same with \`no-\` before it: \`--no-require-surface\`.
- Lists take values behind one another or with commas between them: \`--train-years 2019 2020\`, \`--train-years 2019,2020\`.
- \`none\` takes a limit, a date, a file or a box away again: \`--min-agbd none\`.
- A box is west,south,east,north in degrees, with commas between them: \`--bbox -5,40,10,50\`.

"Stale from" names the first step whose results a change makes stale. A run refuses to mix them with new ones; say
\`--restart-from\` with that step to make them anew. A setting without a step can change at any time.
`

const HEADER = ['Setting', 'Default', 'Takes', 'Unit', 'Stale from', 'What it does'] as const

/** The text of docs/settings.md: one table for each group, in the order of the form. */
export function settingsDocument(): string {
  const groups = Object.keys(SETTING_GROUPS) as SettingGroup[]
  return [INTRODUCTION, ...groups.map(groupSection)].join('\n')
}

function groupSection(group: SettingGroup): string {
  const rows = SETTING_KEYS.filter((key) => SETTINGS[key].group === group).map(settingRow)
  const lines = [HEADER, HEADER.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return `## ${SETTING_GROUPS[group]}\n\n${lines.join('\n')}\n`
}

function settingRow(key: SettingKey): string[] {
  const setting = SETTINGS[key]
  const affects: Step | null = setting.affects
  return [
    `**${setting.label}**<br>\`--${flagOf(key)}\``,
    showValue(setting.default),
    taken(setting.control),
    'unit' in setting ? setting.unit : '',
    affects === null ? '' : `\`${affects}\``,
    setting.help,
  ]
}

/** What values a setting takes, for a table cell. */
function taken(control: SettingControl): string {
  switch (control.kind) {
    case 'number':
      return `number, ${control.min} to ${control.max}`
    case 'integer':
      return `whole number, ${control.min} to ${control.max}`
    case 'integers':
      return `whole numbers, ${control.min} to ${control.max}`
    case 'boolean':
      return 'switch'
    case 'choice':
      return `one of ${codes(control.choices)}`
    case 'words':
      return `any of ${codes(control.choices)}`
    case 'date':
      return 'date, `YYYY-MM-DD`'
    case 'file':
      return 'file'
    case 'url':
      return 'address, `https://…`'
    case 'text':
      return `text such as \`${control.example}\``
    case 'bbox':
      return 'west,south,east,north'
  }
}

function codes(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ')
}
