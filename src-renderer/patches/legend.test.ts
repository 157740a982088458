import { expect, it } from 'vitest'
import { legendOf } from './legend'
import { patchDetail } from './patch-detail-fixture'

it('a composite names its bands, and its range where that is the same for all patches', () => {
  const patch = patchDetail()
  expect(legendOf(patch, 'true-colour', 'fixed')).toEqual({
    kind: 'composite',
    bands: ['B04', 'B03', 'B02'],
    range: { low: 0, high: 0.3 },
  })
  expect(legendOf(patch, 'true-colour', 'patch')).toMatchObject({ range: null })
})

it('a ramp has the range that the picture is drawn with', () => {
  const patch = patchDetail({ altitude: (pixel) => (pixel < 512 ? 600 : 700) })
  expect(legendOf(patch, 'altitude', 'fixed')).toMatchObject({ range: { low: 0, high: 3000 }, unit: 'm' })
  expect(legendOf(patch, 'altitude', 'patch')).toMatchObject({ range: { low: 600, high: 700 }, unit: 'm' })
})

it('slopes are in the unit of the run that cut them', () => {
  expect(legendOf(patchDetail(), 'slope', 'fixed')).toMatchObject({ range: { low: 0, high: 30 }, unit: '%' })
  const degrees = legendOf(patchDetail({ slopeUnit: '°' }), 'slope', 'fixed')
  expect(degrees).toMatchObject({ unit: '°' })
  // atan(0.3) in degrees.
  expect(degrees.kind === 'ramp' && degrees.range.high).toBeCloseTo(16.699, 3)
})

it('of classes only those in the window are told, the largest first', () => {
  const patch = patchDetail({
    bands: { SCL: (pixel) => (pixel < 256 ? 6 : 4) },
    landCover: (pixel) => (pixel === 0 ? 0 : 10),
  })
  expect(legendOf(patch, 'scl', 'fixed')).toEqual({
    kind: 'classes',
    classes: [
      { name: 'Vegetation', colour: '#00a000', share: 0.75 },
      { name: 'Water', colour: '#0000ff', share: 0.25 },
    ],
  })
  expect(legendOf(patch, 'land-cover', 'fixed')).toMatchObject({
    classes: [{ name: 'Tree cover' }, { name: 'No data', colour: null }],
  })
})
