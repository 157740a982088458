import { describe, expect, it } from 'vitest'
import { DATASETS } from '../dataset/datasets'
import { cardOf, factsOf } from './card-fixture'
import { DEFAULT_SETTINGS } from '../settings/settings'
import { cardMarkdown } from './card-markdown'
import { croissant } from './croissant'
import { croissantFaults } from './croissant-rules-fixture'

interface Described {
  [key: string]: unknown
  distribution: Record<string, unknown>[]
  recordSet: { '@id': string; field: Record<string, unknown>[] }[]
  spatialCoverage: { geo: { box: string } }
}

const read = (json: string): Described => JSON.parse(json) as Described

/** The same file with something changed. */
function changed(change: (file: Described) => void): string {
  const file = read(croissant(cardOf()))
  change(file)
  return JSON.stringify(file)
}

describe('the Croissant file', () => {
  it('keeps to the published rules, whatever could be counted', () => {
    expect(croissantFaults(croissant(cardOf()))).toEqual([])
    const lacking = factsOf('test', { datasets: ['CRS'], bounds: null, acquired: null, sha256: null })
    expect(croissantFaults(croissant(cardOf({ files: [factsOf('train'), lacking] })))).toEqual([])
    const damaged = factsOf('train', { datasets: [], samples: 0, bounds: null, acquired: null })
    expect(croissantFaults(croissant(cardOf({ files: [damaged] })))).toEqual([])
  })

  it.each<[string, (file: Described) => void, RegExp]>([
    ['a required property is missing', (file) => delete file.license, /license/],
    ['the version is none', (file) => (file.version = '1.0'), /version/],
    [
      'the standard is another',
      (file) => (file.conformsTo = 'http://mlcommons.org/croissant/1.0'),
      /conformsTo/,
    ],
    ['a term is not in the context', (file) => (file.recordSets = []), /recordSets is not defined/],
    ['an identifier occurs twice', (file) => (file.recordSet[2]['@id'] = 'train'), /train is defined twice/],
    [
      'a file is not there',
      (file) => (file.distribution[0]['@id'] = 'other.h5'),
      /train_dataset.h5 is referred to/,
    ],
    [
      'a type is unknown',
      (file) => (file.recordSet[1].field[3].dataType = ['sc:Text', 'cr:Lable']),
      /cr:Lable/,
    ],
    ['a checksum is short', (file) => (file.distribution[0].sha256 = 'abc'), /sha256/],
  ])('is found to break them where %s', (_, change, fault) => {
    expect(croissantFaults(changed(change)).join('\n')).toMatch(fault)
  })

  it('names the creator that the settings name, as the data card does', () => {
    const card = cardOf({ settings: { ...DEFAULT_SETTINGS, creator: 'Forest Lab & Co' } })
    expect(read(croissant(card)).creator).toEqual({ '@type': 'Organization', name: 'Forest Lab & Co' })
    expect(croissantFaults(croissant(card))).toEqual([])
    expect(cardMarkdown(card)).toMatch(/Made by.*Forest Lab/)
    expect(croissant(cardOf())).toContain('put your name here')
  })

  it('has a record set for each split, with a field for each of the 17 datasets', () => {
    const { recordSet } = read(croissant(cardOf()))
    expect(recordSet.map((set) => set['@id'])).toEqual(['splits', 'train', 'test'])
    const fields = recordSet[1].field.slice(1)
    expect(fields.map(({ name }) => name)).toEqual(DATASETS.map(({ name }) => name))
    expect(fields[0]).toMatchObject({
      '@id': 'train/sentinel-2-l2a',
      dataType: 'sc:Integer',
      arrayShape: '12,32,32',
      source: { fileObject: { '@id': 'train_dataset.h5' }, extract: { column: 'data/Sentinel-2 L2A' } },
      'geocr:bandConfiguration': { 'geocr:totalBands': 12 },
    })
    expect(fields[13]).toMatchObject({ '@id': 'train/gedi-shot-number', dataType: 'sc:Integer' })
    expect(fields[13]).not.toHaveProperty('arrayShape')
    expect(fields[10]).toMatchObject({ dataType: ['sc:Float', 'cr:Label'] })
  })

  it('spans the boxes of all files, and crosses the antimeridian', () => {
    const at = (west: number, east: number, other = west + 0.5): string => {
      const files = [
        factsOf('train', { bounds: { west, east, south: -20, north: -18 } }),
        factsOf('test', { bounds: { west: other, east: other + 0.1, south: -19, north: -17 } }),
      ]
      return read(croissant(cardOf({ files }))).spatialCoverage.geo.box
    }
    expect(at(8, 9)).toBe('-20 8 -17 9')
    expect(at(178, 181)).toBe('-20 178 -17 -179')
    expect(at(178, 179.5, -179.5)).toBe('-20 178 -17 -179.4')
  })
})
