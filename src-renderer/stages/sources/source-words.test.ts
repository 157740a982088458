import { expect, it } from 'vitest'
import { sourceKind, sourceWords } from './source-words'

it.each([
  [null, 'folder', ''],
  ['/data/imagery', 'folder', '/data/imagery'],
  ['planetary-computer', 'provider', 'Planetary Computer'],
  ['aws', 'provider', 'Public buckets (AWS)'],
  ['https://stac.example.org/v1', 'api', 'https://stac.example.org/v1'],
] as const)('%s is of the kind %s', (source, kind, words) => {
  expect(sourceKind(source)).toBe(kind)
  if (source !== null) expect(sourceWords(source)).toBe(words)
})
