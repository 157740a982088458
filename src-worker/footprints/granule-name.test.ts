import { describe, expect, it } from 'vitest'
import { isoSeconds } from '../../src-shared/footprint/time'
import { compareNames, parseGranuleName } from './granule-name'

describe('granule name', () => {
  it('gives the acquisition time from year and day of year', () => {
    const name = parseGranuleName('GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5')
    expect(name).toMatchObject({
      orbit: 8331,
      subOrbit: 2,
      track: 8331,
      version: 2,
      release: 2,
      production: 2,
    })
    expect(isoSeconds(name?.acquisitionTime ?? 0)).toBe('2020-06-07T04:11:09Z')
  })

  it('knows the last day of leap years and of common years', () => {
    const time = (date: string): string | null => {
      const name = parseGranuleName(`GEDI04_A_${date}235959_O08331_02_T08331_02_002_02_V002.h5`)
      return name === null ? null : isoSeconds(name.acquisitionTime)
    }
    expect(time('2020366')).toBe('2020-12-31T23:59:59Z')
    expect(time('2021365')).toBe('2021-12-31T23:59:59Z')
    expect(time('2021366')).toBeNull()
    expect(time('2021000')).toBeNull()
  })

  it('takes names that a subsetting service extended and other spellings of the extension', () => {
    expect(
      parseGranuleName('GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002_subsetted.h5'),
    ).not.toBeNull()
    expect(parseGranuleName('GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.HDF5')).not.toBeNull()
  })

  it.each([
    'notes.h5',
    'GEDI02_A_2020159041109_O08331_02_T08331_02_003_02_V002.h5',
    'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5.part',
    'GEDI04_A_2020159241109_O08331_02_T08331_02_002_02_V002.h5',
    'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02.h5',
    'x/GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5',
  ])('is null for %s', (name) => {
    expect(parseGranuleName(name)).toBeNull()
  })

  it('sorts the newer version last', () => {
    const names = ['V003', 'V002'].map((v) => `GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_${v}.h5`)
    expect(names.toSorted(compareNames).at(-1)).toContain('V003')
  })
})
