import type { Project } from '../../src-shared/run/project'
import { flagOf } from '../../src-shared/settings/flags'
import { SETTING_KEYS, SETTINGS } from '../../src-shared/settings/settings'
import { counted } from '../../src-shared/wording/counted'
import { fingerprint } from '../project/fingerprint'

/** What differs in the settings that results depend on and in the sources, by the options that give them. */
export function changedOptions(before: Project, now: Project): string[] {
  return [
    ...told('setting', differing(settingsByOption(before), settingsByOption(now))),
    ...told('source', differing(sourcesByOption(before), sourcesByOption(now))),
  ]
}

/** What differs between the granules of the last run and those of now: `2 granules were added`. */
export function changedGranules(
  before: readonly { name: string; size: number }[],
  now: readonly { name: string; size: number }[],
): string[] {
  const sizes = new Map(before.map(({ name, size }) => [name, size]))
  const names = new Set(now.map(({ name }) => name))
  const kinds = [
    { number: now.filter(({ name }) => !sizes.has(name)).length, verb: 'added' },
    { number: now.filter(({ name, size }) => (sizes.get(name) ?? size) !== size).length, verb: 'changed' },
    { number: before.filter(({ name }) => !names.has(name)).length, verb: 'removed' },
  ]
  return kinds
    .filter(({ number }) => number > 0)
    .map(({ number, verb }) => `${counted(number, 'granule')} ${number === 1 ? 'was' : 'were'} ${verb}`)
}

/** `the setting --max-slope has changed`, nothing for no options. */
function told(noun: string, options: readonly string[]): string[] {
  if (options.length === 0) return []
  return [
    options.length === 1
      ? `the ${noun} ${options[0]} has changed`
      : `the ${noun}s ${options.join(', ')} have changed`,
  ]
}

function differing(before: Record<string, unknown>, now: Record<string, unknown>): string[] {
  return Object.keys(now).filter((option) => fingerprint(before[option]) !== fingerprint(now[option]))
}

function settingsByOption({ settings }: Project): Record<string, unknown> {
  const keys = SETTING_KEYS.filter((key) => SETTINGS[key].affects !== null)
  return Object.fromEntries(keys.map((key) => [`--${flagOf(key)}`, settings[key]]))
}

function sourcesByOption({ sources }: Project): Record<string, unknown> {
  const { inputs, source, demSource, landcoverSource, combined, subset } = sources
  return {
    '--input': inputs,
    '--source': source,
    '--dem-source': demSource,
    '--landcover-source': landcoverSource,
    '--path-aggregated-csv-train': combined.train,
    '--path-aggregated-csv-test': combined.test,
    '--path-subset-csv-train': subset.train,
    '--path-subset-csv-test': subset.test,
  }
}
