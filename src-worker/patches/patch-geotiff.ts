import { AGBD_NODATA, BAND_NAMES, PATCH_PIXELS, PATCH_SIZE } from '../../src-shared/dataset/bands'
import type { DatasetName } from '../../src-shared/dataset/datasets'
import { StudioError } from '../../src-shared/errors/studio-error'
import {
  geotiffName,
  type GeotiffLayers,
  type PatchGeotiff,
  type PatchGeotiffRequest,
} from '../../src-shared/patches/geotiff-layers'
import type { DatasetOf } from '../hdf5/sample-columns'
import { isUtm } from '../raster/projection'
import { readClasses, readDigitalNumbers, readFloats, readShotNumbers, readTexts } from './dataset-rows'
import { epsgOf } from './footprint-centre'
import { encodeGeotiff, type GeotiffBand, type GeotiffImage, type GeotiffValues } from './geotiff'
import { requireRow, type SampleFile } from './sample-file'
import type { SampleFiles } from './sample-files'

/**
 * A sample as GeoTIFF, its values as they stand in the file: nothing is scaled or masked.
 * @throws StudioError as SampleFiles.use; `dataset-invalid` when there is no such row, or its CRS is no UTM zone or its
 *   transform incomplete; `hdf5-read` when it is damaged
 */
export function patchGeotiff(
  files: SampleFiles,
  { file: path, row, layers, partly }: PatchGeotiffRequest,
): Promise<PatchGeotiff> {
  const write = (file: SampleFile): PatchGeotiff => {
    requireRow(file, row)
    requireDatasets(file, DATASETS_OF[layers])
    const shotNumber = String(readShotNumbers(file, row, 1)[0])
    const image = {
      width: PATCH_SIZE,
      height: PATCH_SIZE,
      ...CONTENT[layers](file, row),
      ...placeOf(file, row),
      items: itemsOf(file, row, shotNumber),
    }
    return { name: geotiffName(shotNumber, layers), bytes: encodeGeotiff(image) }
  }
  return files.use(path, write, partly)
}

const DATASETS_OF: Readonly<Record<GeotiffLayers, readonly DatasetName[]>> = {
  bands: ['Sentinel-2 L2A'],
  terrain: ['CopDEM'],
  landcover: ['WorldCover'],
  biomass: ['AGBD Raster'],
  all: ['Sentinel-2 L2A', 'CopDEM', 'WorldCover', 'AGBD Raster'],
}

function requireDatasets(file: SampleFile, names: readonly DatasetName[]): void {
  const missing = names.filter((name) => !file.datasets.has(name))
  if (missing.length === 0) return
  throw new StudioError('dataset-invalid', `The file has no ${missing.join(', ')}.`, {
    file: file.reader.path,
    hint: 'Save other layers, or open a file that has these.',
  })
}

type Content = Pick<GeotiffImage, 'bands' | 'nodata'>

const CONTENT: Readonly<Record<GeotiffLayers, (file: SampleFile, row: number) => Content>> = {
  bands: (file, row) => ({
    bands: split(readDigitalNumbers(file, 'Sentinel-2 L2A', row, 1), BAND_NAMES),
    nodata: 0,
  }),
  terrain: (file, row) => ({ bands: terrainOf(file, row), nodata: null }),
  landcover: (file, row) => ({
    bands: [{ name: 'WorldCover', values: readClasses(file, 'WorldCover', row, 1) }],
    nodata: 0,
  }),
  biomass: (file, row) => ({ bands: biomassOf(file, row), nodata: AGBD_NODATA }),
  // A file has one value for no data: that of the biomass, which is no value of any other layer.
  all: (file, row) => ({
    bands: [
      ...CONTENT.bands(file, row).bands.map(floating),
      ...terrainOf(file, row),
      ...CONTENT.landcover(file, row).bands.map(floating),
      ...biomassOf(file, row),
    ],
    nodata: AGBD_NODATA,
  }),
}

function terrainOf(file: SampleFile, row: number): GeotiffBand[] {
  const unit = file.slopeUnit === '%' ? 'percent' : 'degrees'
  return split(readFloats(file, 'CopDEM', row, 1), ['Altitude, m', `Slope, ${unit}`])
}

function biomassOf(file: SampleFile, row: number): GeotiffBand[] {
  return [{ name: 'AGBD, Mg/ha', values: readFloats(file, 'AGBD Raster', row, 1) }]
}

function split(values: GeotiffValues, names: readonly string[]): GeotiffBand[] {
  return names.map((name, band) => ({
    name,
    values: values.subarray(band * PATCH_PIXELS, (band + 1) * PATCH_PIXELS),
  }))
}

function floating({ name, values }: GeotiffBand): GeotiffBand {
  return { name, values: Float32Array.from(values) }
}

function placeOf(file: SampleFile, row: number): Pick<GeotiffImage, 'transform' | 'epsg'> {
  const transform = Array.from(readFloats(file, 'Transforms', row, 1))
  const [crs] = readTexts(file, 'CRS', row, 1)
  const epsg = epsgOf(crs)
  if (epsg !== null && isUtm(epsg) && transform.every(Number.isFinite)) return { transform, epsg }
  throw new StudioError('dataset-invalid', `Sample ${row} has no place on the ground: its CRS is “${crs}”.`, {
    file: file.reader.path,
    hint: 'A GeoTIFF needs the EPSG code of a UTM zone and a complete transform.',
    context: { row, crs },
  })
}

function itemsOf(file: SampleFile, row: number, shotNumber: string): GeotiffImage['items'] {
  const text = (name: string, dataset: DatasetOf<'string'>): { name: string; value: string } => ({
    name,
    value: readTexts(file, dataset, row, 1)[0],
  })
  return [
    { name: 'SHOT_NUMBER', value: shotNumber },
    text('GEDI_PRODUCT', 'GEDI Product Name'),
    text('GEDI_ACQUISITION_TIME', 'GEDI Acquisition Time'),
    text('GEDI_DELTA_TIME', 'GEDI Delta Time'),
    { name: 'AGBD', value: String(readFloats(file, 'AGBD Values', row, 1)[0]) },
    { name: 'AGBD_STANDARD_ERROR', value: String(readFloats(file, 'AGBD Standard Error', row, 1)[0]) },
    text('SENTINEL2_PRODUCT', 'Sentinel-2 Product Name'),
    text('WORLDCOVER_TILE', 'WorldCover Tile Name'),
    text('COPDEM_TILE', 'CopDEM Tile Name'),
  ]
}
