import { expect, it } from 'vitest'
import { BEAMS } from '../../../src-shared/settings/footprint-settings'
import { beamsOf, COVERAGE_BEAMS, settingOfBeams, toggled } from './beams'

it('no beam named stands for all, and all are written as none', () => {
  expect(beamsOf([])).toEqual(BEAMS)
  expect(settingOfBeams(BEAMS)).toEqual([])
})

it.each([[['coverage'] as const], [['full-power'] as const], [['BEAM0001', 'BEAM1011'] as const]])(
  'writes %j as it was read',
  (setting) => {
    expect(settingOfBeams(beamsOf([...setting]))).toEqual(setting)
  },
)

it('reads a group together with a beam of the other', () => {
  expect(beamsOf(['coverage', 'BEAM1011'])).toEqual([...COVERAGE_BEAMS, 'BEAM1011'])
})

it('turns one beam off and on again', () => {
  const without = toggled(BEAMS, 'BEAM0010')
  expect(without).not.toContain('BEAM0010')
  expect(toggled(without, 'BEAM0010')).toEqual(BEAMS)
})
