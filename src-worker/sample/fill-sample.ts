import type { Scene } from '../../src-shared/catalog/scene'
import { PATCH_PIXELS, PIXEL_SIZE } from '../../src-shared/dataset/bands'
import { SCL_LABELS } from '../../src-shared/dataset/scl'
import { isoSeconds } from '../../src-shared/footprint/time'
import type { SampleColumns } from '../hdf5/sample-columns'
import { rasteriseBiomass } from './biomass-raster'
import type { CutSample } from './cut-item'
import { windowOrigin } from './window'

/**
 * Adds a sample to the columns of a batch, all 17 datasets.
 * @throws StudioError `hdf5-write` where a name is too long for its dataset
 */
export function fillSample(columns: SampleColumns, scene: Scene, sample: CutSample): void {
  const i = columns.append()
  const { footprint, window } = sample
  const [left, top] = windowOrigin(scene.grid, window)
  columns.uint16('Sentinel-2 L2A', i).set(sample.bands)
  columns.uint8('WorldCover', i).set(sample.landcover)
  columns.float32('CopDEM', i).set(sample.terrain)
  rasteriseBiomass(footprint.agbd, window.x, window.y, left, top, columns.float32('AGBD Raster', i))
  columns.float32('Transforms', i).set([PIXEL_SIZE, 0, left, 0, -PIXEL_SIZE, top, 0, 0, 1])
  columns.setString('CRS', i, 0, `EPSG:${scene.epsg}`)
  for (const [value, label] of SCL_LABELS.entries()) {
    columns.setString('S2 SCL Stats', i, 2 * value, label)
    columns.setString('S2 SCL Stats', i, 2 * value + 1, (sample.sclCounts[value] / PATCH_PIXELS).toFixed(4))
  }
  columns.setString('Sentinel-2 Product Name', i, 0, scene.product)
  columns.setString('WorldCover Tile Name', i, 0, sample.landcoverTile)
  columns.setString('CopDEM Tile Name', i, 0, sample.demTile)
  columns.float32('AGBD Values', i)[0] = footprint.agbd
  columns.float32('AGBD Standard Error', i)[0] = footprint.agbdSe
  columns.setString('GEDI Product Name', i, 0, footprint.granule)
  columns.setInt64('GEDI Shot Number', i, BigInt(footprint.shotNumber))
  columns.setString('GEDI Acquisition Time', i, 0, isoSeconds(footprint.acquisitionTime))
  columns.setString('GEDI Delta Time', i, 0, String(footprint.deltaTime))
  columns.float32('GEDI Lat Lon', i).set([footprint.lat, footprint.lon])
}
