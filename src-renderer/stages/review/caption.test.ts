import { expect, it } from 'vitest'
import { PATCH_ORDERS, type PatchOrder } from '../../../src-shared/patches/patch-list'
import { gridSample } from '../../patches/grid-sample-fixture'
import { captionOf, nameOf } from './caption'

it('a caption shows what the samples are ordered by', () => {
  const sample = gridSample()
  const captions = (Object.keys(PATCH_ORDERS) as PatchOrder[]).map((order) => [
    order,
    captionOf(sample, order),
  ])
  expect(Object.fromEntries(captions)).toEqual({
    file: '123 Mg/ha',
    agbd: '123 Mg/ha',
    agbdSe: '± 12.3 Mg/ha',
    acquisitionTime: '2020-06-07',
    sceneDate: '2020-06-09',
    cloudShare: '3.1 % cloud',
    altitude: '812 m',
    slope: 'slope 7.3',
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
