import { describe, expect, it } from 'vitest'
import { NO_SOURCES, type Project } from '../../src-shared/run/project'
import { DEFAULT_SETTINGS, SETTING_KEYS, SETTINGS, type Settings } from '../../src-shared/settings/settings'
import { fingerprint } from './fingerprint'
import { stepKeys, type StepKeys } from './step-keys'

const project = (settings: Partial<Settings> = {}, source = '/imagery'): Project => ({
  formatVersion: 1,
  name: 'test',
  created: '',
  softwareVersion: '',
  sources: { ...NO_SOURCES, inputs: ['/granules'], source },
  settings: { ...DEFAULT_SETTINGS, ...settings },
})
const granules = [{ name: 'a.h5', size: 10 }]
const keys = (p: Project, found = granules, area: string | null = null): Promise<StepKeys> =>
  stepKeys(p, found, area)

/** Ids whose key differs between two sets, sorted. */
function changed(a: StepKeys, b: StepKeys): string[] {
  return (Object.keys(a) as (keyof StepKeys)[]).filter((id) => a[id] !== b[id]).sort()
}

const ALL_BUT_CATALOG = [
  'batch:test',
  'batch:train',
  'combine',
  'plan:test',
  'plan:train',
  'subset:test',
  'subset:train',
]

describe('step keys', () => {
  it.each<[Partial<Settings>, string[]]>([
    [{ maxRelativeStandardError: 0.4 }, ALL_BUT_CATALOG],
    [{ seed: 7 }, ALL_BUT_CATALOG],
    [{ maxSizeTest: 100 }, ['batch:test', 'plan:test', 'subset:test']],
    [{ splitBlocks: 10 }, ALL_BUT_CATALOG],
    [{ splitBuffer: 500 }, ALL_BUT_CATALOG],
    [{ testDistance: 320 }, ['batch:test', 'plan:test', 'subset:test']],
    [{ maxDays: 5 }, ['batch:test', 'batch:train', 'plan:test', 'plan:train']],
    [{ maxSlope: 10 }, ['batch:test', 'batch:train']],
    [{ order: 'spatial' }, ['fuse']],
    [{ workers: 3, memory: 512, plotDistribution: true, verify: 'full' }, []],
  ])('change from the step on that a setting matters for: %j', async (settings, expected) => {
    expect(changed(await keys(project()), await keys(project(settings)))).toEqual(expected)
  })

  it('of the fuse follow the seed only where it makes the order', async () => {
    const ofFuse = async (settings: Partial<Settings>): Promise<string> =>
      (await keys(project(settings))).fuse
    expect(await ofFuse({ seed: 1 })).toBe(await ofFuse({ seed: 2 }))
    expect(await ofFuse({ seed: 1, order: 'random' })).not.toBe(await ofFuse({ seed: 2, order: 'random' }))
  })

  it('of the test subset follow the train subset where the two are kept apart', async () => {
    const apart = (settings: Partial<Settings>): Project => project({ testDistance: 320, ...settings })
    const base = await keys(apart({}))
    expect(changed(base, await keys(apart({ maxSizeTraining: 5 })))).toEqual([
      'batch:test',
      'batch:train',
      'plan:test',
      'plan:train',
      'subset:test',
      'subset:train',
    ])
  })

  it('do not name settings that came later, as long as they change nothing: projects must not become stale', async () => {
    const combine = SETTING_KEYS.filter((key) => SETTINGS[key].affects === 'combine')
    const later = ['splitBlocks', 'splitTestShare', 'splitBuffer']
    const before = combine.filter((key) => !later.includes(key))
    expect(before.length).toBe(combine.length - later.length)
    const known = Object.fromEntries(before.map((key) => [key, DEFAULT_SETTINGS[key]]))
    expect((await keys(project())).combine).toBe(fingerprint([granules, known, null, [null, null]]))
  })

  it('change with granules, area and imagery', async () => {
    const base = await keys(project())
    expect(changed(base, await keys(project(), [{ name: 'a.h5', size: 11 }]))).toEqual(ALL_BUT_CATALOG)
    expect(changed(base, await keys(project(), granules, 'abc'))).toEqual(ALL_BUT_CATALOG)
    const imagery = changed(base, await keys(project({}, '/other')))
    expect(imagery).toEqual(['batch:test', 'batch:train', 'catalog', 'plan:test', 'plan:train'])
  })

  it('of a catalog from servers follow the footprints and the limits of the search, those of folders do not', async () => {
    const server = (settings: Partial<Settings>): Project => project(settings, 'planetary-computer')
    const base = await keys(server({}))
    expect(changed(base, await keys(server({ maxDays: 5 })))).toContain('catalog')
    expect(changed(base, await keys(server({ maxCloudCover: 5 })))).toContain('catalog')
    expect(changed(base, await keys(server({ maxSizeTest: 5 })))).toContain('catalog')
    expect(changed(base, await keys(server({ maxSlope: 5, connections: 3, signing: 'none' })))).toEqual([
      'batch:test',
      'batch:train',
    ])
    // As they were before there were servers: projects must not become stale.
    expect((await keys(project())).catalog).toBe(fingerprint(['/imagery', null, null]))
    const terrain = project()
    terrain.sources.demSource = 'https://stac.example/v1'
    expect((await keys(terrain)).catalog).not.toBe(fingerprint(['/imagery', 'https://stac.example/v1', null]))
  })

  it('know every setting that results depend on', async () => {
    const base = await keys(project())
    for (const key of SETTING_KEYS.filter((name) => SETTINGS[name].affects !== null)) {
      const other = { ...project(), settings: { ...DEFAULT_SETTINGS, [key]: 'something else' } }
      expect(changed(base, await keys(other)), key).not.toEqual([])
    }
  })
})
