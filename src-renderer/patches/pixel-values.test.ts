import { expect, it } from 'vitest'
import { patchDetail } from './patch-detail-fixture'
import { pixelSentence, pixelValues } from './pixel-values'

it('a pixel tells all twelve bands, terrain, land cover and biomass with their units', () => {
  const patch = patchDetail({
    bands: { B02: (pixel) => (pixel === 33 ? 321 : 0), SCL: (pixel) => (pixel === 33 ? 5 : 4) },
    altitude: () => 812.345,
    slope: () => 7.26,
    biomass: (pixel) => (pixel === 33 ? 123.456 : null),
  })
  const values = new Map(
    pixelValues(patch, { column: 1, row: 1 }).map(({ name, note, value }) => [name, [value, note]]),
  )
  expect(values.size).toBe(16)
  expect(values.get('SCL')).toEqual(['Not vegetated', null])
  expect(values.get('B02')).toEqual(['0.0321', '490 nm'])
  expect(values.get('Altitude')?.[0]).toBe('812.3 m')
  expect(values.get('Slope')?.[0]).toBe('7.3 %')
  expect(values.get('Land cover')?.[0]).toBe('Tree cover')
  expect(values.get('Biomass')?.[0]).toBe('123.5 Mg/ha')
})

it('where there is no data there is a dash', () => {
  const patch = patchDetail({ bands: { B02: () => 0 }, altitude: () => null })
  const values = pixelValues(patch, { column: 0, row: 0 })
  expect(values.find(({ name }) => name === 'B02')?.value).toBe('–')
  expect(values.find(({ name }) => name === 'Altitude')?.value).toBe('–')
  expect(values.find(({ name }) => name === 'Biomass')?.value).toBe('–')
})

it('a pixel is read out with all its layers', () => {
  const sentence = pixelSentence(patchDetail({ altitude: () => 812.34 }), { column: 3, row: 7 })
  expect(sentence).toMatch(
    /^Column 3, row 7: SCL Vegetation, B02 0\.0500, .*, Altitude 812\.3 m, .*, Biomass none\.$/,
  )
})
