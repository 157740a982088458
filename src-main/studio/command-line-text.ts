import type { Project } from '../../src-shared/run/project'
import type { Step } from '../../src-shared/run/steps'
import { flagOf } from '../../src-shared/settings/flags'
import {
  DEFAULT_SETTINGS,
  SETTING_KEYS,
  SETTINGS,
  type SettingKey,
  type Settings,
} from '../../src-shared/settings/settings'

/** The command of each step that is the last to carry out, and of handing it all to a cluster. */
const COMMANDS: Readonly<Record<Step | 'submit', string>> = {
  ingest: 'ingest',
  combine: 'combine',
  subset: 'subset',
  plan: 'plan',
  batch: 'batch',
  fuse: 'run',
  submit: 'slurm submit',
}

/** The command line that does what the window does with this project; settings at their defaults are left out. */
export function commandLine(folder: string, { sources, settings }: Project, until: Step | 'submit'): string {
  const words = ['gedi-dataset', COMMANDS[until], '--output', quoted(folder)]
  // Batches are cut of a project that is planned and whose sources it knows.
  if (until === 'batch') return words.join(' ')
  const add = (flag: string, ...values: (string | null)[]): void => {
    const given = values.flatMap((value) => (value === null ? [] : [quoted(value)]))
    if (given.length > 0) words.push(flag, ...given)
  }
  add('--input', ...sources.inputs)
  add('--source', sources.source)
  add('--dem-source', sources.demSource)
  add('--landcover-source', sources.landcoverSource)
  add('--path-aggregated-csv-train', sources.combined.train)
  add('--path-aggregated-csv-test', sources.combined.test)
  add('--path-subset-csv-train', sources.subset.train)
  add('--path-subset-csv-test', sources.subset.test)
  const changed = SETTING_KEYS.filter(
    (key) => JSON.stringify(settings[key]) !== JSON.stringify(DEFAULT_SETTINGS[key]),
  )
  return [...words, ...changed.map((key) => optionOf(key, settings[key]))].join(' ')
}

function optionOf(key: SettingKey, value: Settings[SettingKey]): string {
  const flag = flagOf(key)
  if (typeof value === 'boolean') return value ? `--${flag}` : `--no-${flag}`
  if (value === null) return `--${flag} none`
  if (!Array.isArray(value)) return `--${flag} ${quoted(String(value))}`
  if (value.length === 0) return `--${flag} none`
  // A list may begin with a minus sign, as the box of the western hemisphere does.
  return SETTINGS[key].control.kind === 'bbox'
    ? `--${flag}=${value.join(',')}`
    : `--${flag} ${value.join(' ')}`
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`
}
