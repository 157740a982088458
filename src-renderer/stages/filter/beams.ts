import { BEAMS } from '../../../src-shared/settings/footprint-settings'
import type { Settings } from '../../../src-shared/settings/settings'

/** The name of a beam. */
export type Beam = (typeof BEAMS)[number]

/** The coverage beams come first in the list, the full-power beams after them. */
export const COVERAGE_BEAMS: readonly Beam[] = BEAMS.slice(0, 4)
export const FULL_POWER_BEAMS: readonly Beam[] = BEAMS.slice(4)

/** The beams that the setting stands for; an empty setting stands for all. */
export function beamsOf(setting: Settings['beams']): readonly Beam[] {
  if (setting.length === 0) return BEAMS
  return BEAMS.filter(
    (beam) =>
      setting.includes(beam) || setting.includes(COVERAGE_BEAMS.includes(beam) ? 'coverage' : 'full-power'),
  )
}

/** The shortest setting that stands for these beams. */
export function settingOfBeams(beams: readonly Beam[]): Settings['beams'] {
  const whole = (group: readonly Beam[]): boolean => group.every((beam) => beams.includes(beam))
  if (whole(BEAMS)) return []
  if (whole(COVERAGE_BEAMS) && beams.length === COVERAGE_BEAMS.length) return ['coverage']
  if (whole(FULL_POWER_BEAMS) && beams.length === FULL_POWER_BEAMS.length) return ['full-power']
  return BEAMS.filter((beam) => beams.includes(beam))
}

/** The beams with one of them turned on or off. */
export function toggled(beams: readonly Beam[], beam: Beam): readonly Beam[] {
  return BEAMS.filter((other) => beams.includes(other) !== (other === beam))
}
