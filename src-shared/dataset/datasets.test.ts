import { expect, it } from 'vitest'
import { counted } from '../wording/counted'
import { DATASETS, datasetAttributes, type DatasetSpec } from './datasets'

/** A dataset as lines: element type, shape and chunk, then its attributes. */
function describeDataset(spec: DatasetSpec): string[] {
  const { name, type, shape, chunkSamples } = spec
  const element = type.kind === 'string' ? `string of ${type.length} bytes` : type.kind
  const attributes = Object.entries(datasetAttributes(spec, 'percent'))
  return [
    `${name}: ${element}, N x ${shape.join(' x ')}, ${counted(chunkSamples, 'sample')} a chunk`,
    ...attributes.map(([key, value]) => `  ${key}: ${typeof value === 'object' ? value.join(' | ') : value}`),
  ]
}

it('dataset files have the structure that their readers know', () => {
  expect(DATASETS.flatMap(describeDataset).join('\n')).toMatchInlineSnapshot(`
    "Sentinel-2 L2A: uint16, N x 12 x 32 x 32, 1 sample a chunk
      bands: SCL | B02 | B03 | B04 | B05 | B06 | B07 | B08 | B8A | B09 | B11 | B12
      units: reflectance x 10000 (SCL: class)
      band_units: class | reflectance x 10000 | reflectance x 10000 | reflectance x 10000 | reflectance x 10000 | reflectance x 10000 | reflectance x 10000 | reflectance x 10000 | reflectance x 10000 | reflectance x 10000 | reflectance x 10000 | reflectance x 10000
      nodata: 0
      description: Bands on the 10 m grid, values in the convention before processing baseline 04.00
    WorldCover: uint8, N x 1 x 32 x 32, 1 sample a chunk
      units: class
      nodata: 0
      description: ESA WorldCover class
    CopDEM: float32, N x 2 x 32 x 32, 1 sample a chunk
      bands: altitude | slope
      description: Copernicus DEM GLO-30 altitude and slope
      units: m (slope: percent)
      band_units: m | percent
    AGBD Raster: float32, N x 1 x 32 x 32, 1 sample a chunk
      units: Mg/ha
      nodata: -9999
      description: AGBD in the pixels that the footprint touches
    Transforms: float32, N x 9, 1,000 samples a chunk
      units: m
      description: Affine transform of the window, row-major 3 x 3
    CRS: string of 16 bytes, N x 1, 1,000 samples a chunk
      description: Coordinate reference system of the window
    S2 SCL Stats: string of 32 bytes, N x 12 x 2, 1,000 samples a chunk
      description: Class label and fraction of the window, classes 0 to 11
    Sentinel-2 Product Name: string of 128 bytes, N x 1, 1,000 samples a chunk
      description: Sentinel-2 product, without .SAFE
    WorldCover Tile Name: string of 64 bytes, N x 1, 1,000 samples a chunk
      description: ESA WorldCover tile that holds the footprint
    CopDEM Tile Name: string of 64 bytes, N x 1, 1,000 samples a chunk
      description: Copernicus DEM tile that holds the footprint
    AGBD Values: float32, N x 1, 1,000 samples a chunk
      units: Mg/ha
      description: Aboveground biomass density of the footprint
    AGBD Standard Error: float32, N x 1, 1,000 samples a chunk
      units: Mg/ha
      description: Standard error of the aboveground biomass density
    GEDI Product Name: string of 128 bytes, N x 1, 1,000 samples a chunk
      description: File name of the GEDI L4A granule
    GEDI Shot Number: int64, N x 1, 1,000 samples a chunk
      description: GEDI shot number, exact
    GEDI Acquisition Time: string of 24 bytes, N x 1, 1,000 samples a chunk
      description: Time of the granule, from its file name, UTC
    GEDI Delta Time: string of 32 bytes, N x 1, 1,000 samples a chunk
      units: s
      description: Seconds since 2018-01-01T00:00:00Z
    GEDI Lat Lon: float32, N x 2, 1,000 samples a chunk
      units: degree
      description: Latitude and longitude, WGS 84"
  `)
})

it('the unit of the slope layer is that of the setting', () => {
  const changed = DATASETS.filter(
    (spec) =>
      JSON.stringify(datasetAttributes(spec, 'degrees')) !==
      JSON.stringify(datasetAttributes(spec, 'percent')),
  )
  expect(changed.map(({ name }) => name)).toEqual(['CopDEM'])
  expect(datasetAttributes(changed[0], 'degrees')).toMatchObject({
    units: 'm (slope: degrees)',
    band_units: ['m', 'degrees'],
  })
})
