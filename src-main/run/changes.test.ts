import { describe, expect, it } from 'vitest'
import { NO_SOURCES, type Project, type Sources } from '../../src-shared/run/project'
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings'
import { changedGranules, changedOptions } from './changes'

const project = (settings: Partial<Settings> = {}, sources: Partial<Sources> = {}): Project => ({
  formatVersion: 1,
  name: 'test',
  created: '',
  softwareVersion: '',
  sources: { ...NO_SOURCES, inputs: ['/granules'], ...sources },
  settings: { ...DEFAULT_SETTINGS, ...settings },
})

describe('what changed since the last run', () => {
  it.each([
    [project(), []],
    [project({ maxSlope: 10 }), ['the setting --max-slope has changed']],
    [project({ maxSlope: 10, seed: 7 }), ['the settings --seed, --max-slope have changed']],
    [project({ workers: 1, memory: 512 }), []],
    [
      project({ seed: 7 }, { inputs: ['/other'] }),
      ['the setting --seed has changed', 'the source --input has changed'],
    ],
    [
      project({}, { source: '/imagery', subset: { train: '/train.csv', test: null } }),
      ['the sources --source, --path-subset-csv-train have changed'],
    ],
  ])('names the options that results depend on: %#', (now, changes) => {
    expect(changedOptions(project(), now)).toEqual(changes)
  })

  it('counts granules that came, went, or have another size', () => {
    const [a, b, c] = ['a.h5', 'b.h5', 'c.h5'].map((name) => ({ name, size: 10 }))
    expect(changedGranules([a, b], [b, a])).toEqual([])
    expect(changedGranules([a], [a, b, c])).toEqual(['2 granules were added'])
    expect(changedGranules([a, b], [{ ...a, size: 11 }, c])).toEqual([
      '1 granule was added',
      '1 granule was changed',
      '1 granule was removed',
    ])
  })
})
