import { expect, it } from 'vitest'
import { PATCH_ORDERS, type PatchOrder } from '../../../src-shared/patches/patch-list'
import { gridSample } from '../../patches/grid-sample-fixture'
import { captionOf, nameOf } from './caption'

it('a caption shows what the samples are ordered by', () => {
  const sample = gridSample({ landCover: 10, suspects: [{ rule: 'offset', value: 0.143 }] })
  const captions = (Object.keys(PATCH_ORDERS) as PatchOrder[]).map((order) => [
    order,
    captionOf(sample, order),
  ])
  expect(Object.fromEntries(captions)).toEqual({
    file: '123 Mg/ha',
    suspects: 'Offset suspect',
    agbd: '123 Mg/ha',
    agbdSe: '± 12.3 Mg/ha',
    relativeError: '± 10 %',
    acquisitionTime: '2020-06-07',
    sceneDate: '2020-06-09',
    cloudShare: '3.1 % cloud',
    altitude: '812 m',
    slope: 'slope 7.3',
    landCover: 'Tree cover',
    product: '32TNT 2020-06-09',
    lat: '-47.500°',
    lon: '8.123°',
  })
})

it('what a sample lacks is a dash', () => {
  const sample = gridSample({ agbd: null, cloudShare: null, sceneDate: null })
  expect([
    captionOf(sample, 'agbd'),
    captionOf(sample, 'cloudShare'),
    captionOf(sample, 'sceneDate'),
  ]).toEqual(Array(3).fill('–'))
})

it('the name of a thumbnail holds the whole shot number', () => {
  expect(nameOf(gridSample())).toBe('Shot 83360500200123456, 123.5 ± 12.3 Mg/ha, train')
})

it('the name of a thumbnail tells what makes the sample suspect', () => {
  const suspects = [
    { rule: 'flat' as const, value: 0 },
    { rule: 'duplicate' as const, value: 0.4 },
  ]
  expect(nameOf(gridSample({ suspects }))).toMatch(/, train, suspect: flat patch, duplicate footprint$/)
})

it('a sample of a file without shot numbers and split is named by its row', () => {
  const sample = gridSample({ shotNumber: '0', row: 7, file: 'opened-0123456789abcdef', inSplit: null })
  expect(nameOf(sample)).toBe('Row 7, 123.5 ± 12.3 Mg/ha')
  expect(nameOf({ ...sample, inSplit: 'test' })).toMatch(/, test$/)
})
