import { BAND_NAMES, PATCH_PIXELS, type BandName } from '../../src-shared/dataset/bands'
import { SCL_LABELS } from '../../src-shared/dataset/scl'
import { patchDetailSchema, type PatchDetail } from '../../src-shared/patches/patch-detail'
import { WAVELENGTHS } from '../../src-shared/patches/wavelengths'

/** Layers of a made-up patch: the value of each pixel. What is left out is the same everywhere. */
interface MadeLayers {
  bands?: Partial<Record<BandName, (pixel: number) => number>>
  landCover?: (pixel: number) => number
  altitude?: (pixel: number) => number | null
  slope?: (pixel: number) => number | null
  slopeUnit?: PatchDetail['slopeUnit']
  biomass?: (pixel: number) => number | null
}

/** A sample as the studio would answer it, for tests of what the window makes of it. */
export function patchDetail({ bands = {}, ...layers }: MadeLayers = {}): PatchDetail {
  const layer = <T>(value: (pixel: number) => T): T[] =>
    Array.from({ length: PATCH_PIXELS }, (_, i) => value(i))
  return patchDetailSchema.parse({
    file: '/project/batches/train/batch_1000_0.h5',
    row: 3,
    version: '1',
    split: 'train',
    bands: BAND_NAMES.map((name) => ({
      name,
      wavelength: WAVELENGTHS[name],
      values: layer(bands[name] ?? (() => (name === 'SCL' ? 4 : 500))),
    })),
    landCover: layer(layers.landCover ?? (() => 10)),
    altitude: layer(layers.altitude ?? (() => 800)),
    slope: layer(layers.slope ?? (() => 5)),
    slopeUnit: layers.slopeUnit ?? '%',
    biomass: layer(layers.biomass ?? (() => null)),
    transform: [10, 0, 399960, 0, -10, 5300040, 0, 0, 1],
    crs: 'EPSG:32632',
    epsg: 32632,
    lon: 8.1234567,
    lat: -47.5,
    centre: { x: 400120.5, y: 5299880, column: 16.05, row: 16 },
    shotNumber: '83360500200123456',
    agbd: 123.456,
    agbdSe: 12.3,
    granule: 'GEDI04_A_2020159041109_O08336_03_T02345_02_002_02_V002.h5',
    acquisitionTime: '2020-06-07T04:11:09Z',
    deltaTime: 76738269.5,
    shotTime: '2020-06-07T04:17:49.500Z',
    product: 'S2A_MSIL2A_20200609T102131_N0500_R065_T32TNT_20230410T102131',
    sceneTime: '2020-06-09T10:21:31Z',
    landCoverTile: 'ESA_WorldCover_10m_2020_v100_N45E006_Map',
    demTile: 'Copernicus_DSM_COG_10_N47_00_E008_00_DEM',
    sclShares: SCL_LABELS.map((label, value) => ({ label, share: value === 4 ? 1 : 0 })),
  })
}
