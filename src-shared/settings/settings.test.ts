import { describe, expect, it } from 'vitest'
import { StudioError } from '../errors/studio-error'
import { flagOf, parseFlag } from './flags'
import { resolveSettings } from './parse'
import { DEFAULT_SETTINGS, resultSettings, SETTING_KEYS, settingsSchema } from './settings'

const failure = (given: object): StudioError => {
  try {
    resolveSettings(given)
  } catch (error) {
    if (error instanceof StudioError) return error
  }
  throw new Error('expected a StudioError')
}

describe('settings', () => {
  it('accepts its own defaults', () => {
    expect(settingsSchema.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS)
  })

  it('names the flag, the bounds and the unit of a value out of bounds', () => {
    const error = failure({ maxCloudCover: 120 })
    expect(error.tag).toBe('settings-invalid')
    expect(error.message).toMatch(/--max-cloud-cover: .*\(from 0 to 100.1 %\)/)
  })

  it.each([
    [{ trainYears: [2020], testYears: [2020] }, /train and test/],
    [{ minAgbd: 50, maxAgbd: 10 }, /above maxAgbd/],
    [{ dateFrom: '2021-02-01', dateTo: '2020-01-01' }, /after dateTo/],
    [{ bbox: [0, 10, 5, 5] }, /south must lie below north/],
    [{ splitBlocks: 2, splitBuffer: 801 }, /--split-buffer: .*two fifths/],
    [{ splitTestShare: 1 }, /--split-test-share: .*0.99/],
    [{ colour: 'red' }, /unknown setting colour/],
    [{ dateFrom: '2021-13-01' }, /--date-from/],
  ])('refuses contradictions and unknown names: %j', (given, message) => {
    expect(failure(given).message).toMatch(message)
  })
})

describe('settings that results depend on', () => {
  it('do not name those that came later as long as they change nothing, so that files stay as they were', () => {
    expect(resultSettings(DEFAULT_SETTINGS)).not.toHaveProperty('splitBlocks')
    expect(resultSettings(DEFAULT_SETTINGS)).not.toHaveProperty('testDistance')
    expect(resultSettings(DEFAULT_SETTINGS)).toHaveProperty('testYears')
    const given = { splitBlocks: 10, testDistance: 320 }
    expect(resultSettings({ ...DEFAULT_SETTINGS, ...given })).toMatchObject(given)
  })
})

describe('flags', () => {
  it('are unique, in kebab case', () => {
    const flags = SETTING_KEYS.map(flagOf)
    expect(new Set(flags).size).toBe(flags.length)
    for (const flag of flags) expect(flag).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    expect(flagOf('requireL2Quality')).toBe('require-l2-quality')
    expect(flagOf('maxRelativeStandardError')).toBe('max-relative-standard-error')
  })

  it('turn words into values of the right kind', () => {
    expect(parseFlag('trainYears', ['2019', '2020'])).toEqual([2019, 2020])
    expect(parseFlag('trainYears', ['2019,2020'])).toEqual([2019, 2020])
    expect(parseFlag('bbox', ['170,-10,-170,10'])).toEqual([170, -10, -170, 10])
    expect(parseFlag('minAgbd', ['none'])).toBeNull()
    expect(parseFlag('beams', ['coverage', 'BEAM0101'])).toEqual(['coverage', 'BEAM0101'])
    expect(parseFlag('requireSurface', false)).toBe(false)
    expect(() => parseFlag('seed', ['many'])).toThrow(/--seed/)
  })
})
