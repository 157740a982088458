import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NO_SOURCES } from '../../src-shared/run/project'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { settingsByName, sourcesByName } from './place-names'

const home = resolve('/home/somebody/thesis')

describe('what is told of the places a dataset was made from', () => {
  it('is the names of files and folders, not where they lay', () => {
    const names = sourcesByName({
      inputs: [join(home, 'gedi'), join(home, 'more', 'GEDI04_A_1.h5')],
      source: join(home, 'imagery'),
      demSource: null,
      landcoverSource: join(home, 'maps'),
      combined: { train: join(home, 'train.csv'), test: null },
      subset: { train: null, test: join(home, 'test.csv') },
    })
    expect(names).toEqual({
      inputs: ['gedi', 'GEDI04_A_1.h5'],
      source: 'imagery',
      demSource: null,
      landcoverSource: 'maps',
      combined: { train: 'train.csv', test: null },
      subset: { train: null, test: 'test.csv' },
    })
  })

  it('is all of a provider or an address', () => {
    const sources = { ...NO_SOURCES, source: 'planetary-computer', demSource: 'https://host.example/dem/v1' }
    expect(sourcesByName(sources)).toEqual(sources)
  })

  it('is the name of the area file, among settings that are as they were', () => {
    const settings = { ...DEFAULT_SETTINGS, area: join(home, 'alps.geojson'), seed: 7 }
    expect(settingsByName(settings)).toEqual({ ...settings, area: 'alps.geojson' })
    expect(settingsByName(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS)
  })
})
