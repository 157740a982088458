import { AGBD_NODATA, BANDS } from '../../src-shared/dataset/bands'
import { SCL_CLASS_COUNT } from '../../src-shared/dataset/scl'
import type { PatchDetail, PatchDetailRequest } from '../../src-shared/patches/patch-detail'
import { WAVELENGTHS } from '../../src-shared/patches/wavelengths'
import type { DatasetOf } from '../hdf5/sample-columns'
import { readFloats, readShotNumbers, readTexts } from './dataset-rows'
import { finiteNumber, numberOf } from './finite-number'
import { epsgOf, footprintCentre } from './footprint-centre'
import { ALL_LAYERS, readLayers } from './patch-layers'
import { sceneTime, shotTime } from './sample-times'
import type { SampleFile } from './sample-file'
import type { SampleFiles } from './sample-files'

/**
 * Everything that a file says of one sample.
 * @throws StudioError as SampleFiles.use; `dataset-invalid` when there is no such row, `hdf5-read` when it is damaged
 */
export function readPatchDetail(
  files: SampleFiles,
  { file: path, row, partly }: PatchDetailRequest,
): Promise<PatchDetail> {
  const read = (file: SampleFile): PatchDetail => ({
    file: path,
    row,
    version: file.version,
    split: file.split,
    ...layers(file, row),
    ...columns(file, row),
  })
  return files.use(path, read, partly)
}

type Layers = Pick<PatchDetail, 'bands' | 'landCover' | 'altitude' | 'slope' | 'slopeUnit' | 'biomass'>

function layers(file: SampleFile, row: number): Layers {
  const { bands, landCover, altitude, slope, slopeUnit, biomass } = readLayers(file, row, ALL_LAYERS)
  return {
    bands: BANDS.map(({ name }, band) => ({
      name,
      wavelength: WAVELENGTHS[name],
      values: Array.from(bands[band].values),
    })),
    landCover: Array.from(landCover),
    altitude: Array.from(altitude, finiteNumber),
    slope: Array.from(slope, finiteNumber),
    slopeUnit,
    biomass: Array.from(biomass, (value) => (value === AGBD_NODATA ? null : finiteNumber(value))),
  }
}

function columns(
  sampleFile: SampleFile,
  row: number,
): Omit<PatchDetail, keyof Layers | 'file' | 'row' | 'version' | 'split'> {
  const text = (name: DatasetOf<'string'>): string => readTexts(sampleFile, name, row, 1)[0]
  const transform = readFloats(sampleFile, 'Transforms', row, 1)
  const [lat, lon] = readFloats(sampleFile, 'GEDI Lat Lon', row, 1)
  const crs = text('CRS')
  const epsg = epsgOf(crs)
  const product = text('Sentinel-2 Product Name')
  const deltaTime = numberOf(text('GEDI Delta Time'))
  const shares = readTexts(sampleFile, 'S2 SCL Stats', row, 1)
  return {
    transform: Array.from(transform, finiteNumber),
    crs,
    epsg,
    lon: finiteNumber(lon),
    lat: finiteNumber(lat),
    centre: footprintCentre(lon, lat, epsg, transform),
    shotNumber: String(readShotNumbers(sampleFile, row, 1)[0]),
    agbd: finiteNumber(readFloats(sampleFile, 'AGBD Values', row, 1)[0]),
    agbdSe: finiteNumber(readFloats(sampleFile, 'AGBD Standard Error', row, 1)[0]),
    granule: text('GEDI Product Name'),
    acquisitionTime: text('GEDI Acquisition Time'),
    deltaTime,
    shotTime: shotTime(deltaTime),
    product,
    sceneTime: sceneTime(product),
    landCoverTile: text('WorldCover Tile Name'),
    demTile: text('CopDEM Tile Name'),
    sclShares: Array.from({ length: SCL_CLASS_COUNT }, (_, value) => ({
      label: shares[2 * value],
      share: numberOf(shares[2 * value + 1]),
    })),
  }
}
