import { expect, it } from 'vitest'
import { gridSample } from './grid-sample-fixture'
import { patchDetail } from './patch-detail-fixture'
import { biomassText, recordLines } from './record'

const valuesOf = (...given: Parameters<typeof recordLines>): Map<string, string | null> =>
  new Map(recordLines(...given).map(({ name, value }) => [name, value]))

it('what the list knows of a sample is there at once, the rest keeps its place', () => {
  const lines = valuesOf(gridSample(), null)
  expect(lines.get('Biomass density')).toBe('123.5 ± 12.3 Mg/ha')
  expect(lines.get('Position')).toBe('47.50000° S, 8.12346° E')
  expect(lines.get('Granule begun')).toBe('2020-06-07 04:11:09 UTC')
  expect(lines.get('Tile')).toBe('32TNT')
  expect(lines.get('Kept in')).toBe('train batch 0, row 3')
  expect(lines.get('CRS')).toBeNull()
})

it('the detail fills in times, CRS, corner and tiles', () => {
  const lines = valuesOf(gridSample(), patchDetail())
  expect(lines.get('Shot taken')).toBe('2020-06-07 04:17:49 UTC')
  expect(lines.get('Scene sensed')).toBe('2020-06-09 10:21:31 UTC')
  expect(lines.get('CRS')).toBe('EPSG:32632')
  expect(lines.get('Window corner')).toBe('399960 m E, 5300040 m N')
  expect(lines.get('Transform')).toBe('10, 0, 399960, 0, -10, 5300040')
  expect(lines.get('Footprint centre')).toBe('400120.5 m E, 5299880.0 m N')
  expect(lines.get('Centre pixel')).toBe('column 16.05, row 16.00')
  expect([...lines.values()]).not.toContain(null)
})

it('what is copied is what programs read', () => {
  const exact = new Map(recordLines(gridSample(), patchDetail()).map((line) => [line.name, line.exact]))
  expect(exact.get('Position')).toBe('-47.500000, 8.123457')
  expect(exact.get('Shot taken')).toBe('2020-06-07T04:17:49.500Z')
  expect(exact.get('Delta time')).toBe('76738269.5')
  expect(exact.get('Granule begun')).toBe('2020-06-07T04:11:09Z')
  expect(exact.get('Footprint centre')).toBe('400120.50, 5299880.00')
})

it('what a file lacks is a dash', () => {
  const sample = gridSample({ agbd: null, lat: null, product: 'unknown' })
  const lines = valuesOf(sample, { ...patchDetail(), shotTime: null, transform: Array<null>(9).fill(null) })
  expect(
    ['Biomass density', 'Position', 'Tile', 'Shot taken', 'Window corner'].map((name) => lines.get(name)),
  ).toEqual(Array(5).fill('–'))
  expect(biomassText({ agbd: 80, agbdSe: null })).toBe('80.0 Mg/ha')
})
