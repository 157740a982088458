import type { Settings } from '../settings/settings'
import { BAND_NAMES, PATCH_SIZE } from './bands'

/** Element types a dataset can have. `string` is a fixed-length, null-padded HDF5 string of `length` bytes. */
export type DatasetType =
  | { kind: 'uint8' }
  | { kind: 'uint16' }
  | { kind: 'float32' }
  | { kind: 'int64' }
  | { kind: 'string'; length: number }

export interface DatasetSpec {
  name: string
  type: DatasetType
  /** Shape of one sample; the dataset's shape is `[N, ...shape]`. */
  shape: readonly number[]
  /** Samples per HDF5 chunk: one for the image layers (random reads), many for the small columns. */
  chunkSamples: number
  /** Attributes written on the dataset, beside those of `datasetAttributes`. */
  attributes: DatasetAttributes
}

type DatasetAttributes = Readonly<Record<string, string | number | readonly string[]>>

const image = { chunkSamples: 1 } as const
const column = { chunkSamples: 1000 } as const

/**
 * The 17 datasets of the group `data`, in the order in which they are written. This table is the one place that
 * knows the structure of batch files and dataset files (docs/dataset.md describes it for readers).
 */
export const DATASETS = [
  {
    name: 'Sentinel-2 L2A',
    type: { kind: 'uint16' },
    shape: [BAND_NAMES.length, PATCH_SIZE, PATCH_SIZE],
    ...image,
    attributes: {
      bands: BAND_NAMES,
      units: 'reflectance x 10000 (SCL: class)',
      band_units: BAND_NAMES.map((name) => (name === 'SCL' ? 'class' : 'reflectance x 10000')),
      nodata: 0,
      description: 'Bands on the 10 m grid, values in the convention before processing baseline 04.00',
    },
  },
  {
    name: 'WorldCover',
    type: { kind: 'uint8' },
    shape: [1, PATCH_SIZE, PATCH_SIZE],
    ...image,
    attributes: { units: 'class', nodata: 0, description: 'ESA WorldCover class' },
  },
  {
    name: 'CopDEM',
    type: { kind: 'float32' },
    shape: [2, PATCH_SIZE, PATCH_SIZE],
    ...image,
    attributes: { bands: ['altitude', 'slope'], description: 'Copernicus DEM GLO-30 altitude and slope' },
  },
  {
    name: 'AGBD Raster',
    type: { kind: 'float32' },
    shape: [1, PATCH_SIZE, PATCH_SIZE],
    ...image,
    attributes: {
      units: 'Mg/ha',
      nodata: -9999,
      description: 'AGBD in the pixels that the footprint touches',
    },
  },
  {
    name: 'Transforms',
    type: { kind: 'float32' },
    shape: [9],
    ...column,
    attributes: { units: 'm', description: 'Affine transform of the window, row-major 3 x 3' },
  },
  {
    name: 'CRS',
    type: { kind: 'string', length: 16 },
    shape: [1],
    ...column,
    attributes: { description: 'Coordinate reference system of the window' },
  },
  {
    name: 'S2 SCL Stats',
    type: { kind: 'string', length: 32 },
    shape: [12, 2],
    ...column,
    attributes: { description: 'Class label and fraction of the window, classes 0 to 11' },
  },
  {
    name: 'Sentinel-2 Product Name',
    type: { kind: 'string', length: 128 },
    shape: [1],
    ...column,
    attributes: { description: 'Sentinel-2 product, without .SAFE' },
  },
  {
    name: 'WorldCover Tile Name',
    type: { kind: 'string', length: 64 },
    shape: [1],
    ...column,
    attributes: { description: 'ESA WorldCover tile that holds the footprint' },
  },
  {
    name: 'CopDEM Tile Name',
    type: { kind: 'string', length: 64 },
    shape: [1],
    ...column,
    attributes: { description: 'Copernicus DEM tile that holds the footprint' },
  },
  {
    name: 'AGBD Values',
    type: { kind: 'float32' },
    shape: [1],
    ...column,
    attributes: { units: 'Mg/ha', description: 'Aboveground biomass density of the footprint' },
  },
  {
    name: 'AGBD Standard Error',
    type: { kind: 'float32' },
    shape: [1],
    ...column,
    attributes: { units: 'Mg/ha', description: 'Standard error of the aboveground biomass density' },
  },
  {
    name: 'GEDI Product Name',
    type: { kind: 'string', length: 128 },
    shape: [1],
    ...column,
    attributes: { description: 'File name of the GEDI L4A granule' },
  },
  {
    name: 'GEDI Shot Number',
    type: { kind: 'int64' },
    shape: [1],
    ...column,
    attributes: { description: 'GEDI shot number, exact' },
  },
  {
    name: 'GEDI Acquisition Time',
    type: { kind: 'string', length: 24 },
    shape: [1],
    ...column,
    attributes: { description: 'Time of the granule, from its file name, UTC' },
  },
  {
    name: 'GEDI Delta Time',
    type: { kind: 'string', length: 32 },
    shape: [1],
    ...column,
    attributes: { units: 's', description: 'Seconds since 2018-01-01T00:00:00Z' },
  },
  {
    name: 'GEDI Lat Lon',
    type: { kind: 'float32' },
    shape: [2],
    ...column,
    attributes: { units: 'degree', description: 'Latitude and longitude, WGS 84' },
  },
] as const satisfies readonly DatasetSpec[]

export type DatasetName = (typeof DATASETS)[number]['name']

/** The HDF5 group that holds the 17 datasets. */
export const DATA_GROUP = 'data'

/**
 * The attributes of a dataset in a file. The unit of the slope layer is a setting, so that those of CopDEM differ from
 * file to file. `units` is one text, as readers of the CF conventions expect; `band_units` has one for each band.
 */
export function datasetAttributes(spec: DatasetSpec, slopeUnit: Settings['slopeUnit']): DatasetAttributes {
  if (spec.name !== 'CopDEM') return spec.attributes
  return { ...spec.attributes, units: `m (slope: ${slopeUnit})`, band_units: ['m', slopeUnit] }
}

/** Elements of one sample of a dataset. */
export function elementsPerSample(spec: DatasetSpec): number {
  return spec.shape.reduce((product, edge) => product * edge, 1)
}

/** Bytes of one element. */
export function bytesPerElement(type: DatasetType): number {
  switch (type.kind) {
    case 'uint8':
      return 1
    case 'uint16':
      return 2
    case 'float32':
      return 4
    case 'int64':
      return 8
    case 'string':
      return type.length
  }
}

/** Bytes of one sample of a dataset, uncompressed. */
export function bytesPerSample(spec: DatasetSpec): number {
  return elementsPerSample(spec) * bytesPerElement(spec.type)
}
