import { referenceSamples } from '../../e2e/reference'
import { SCL_LABELS } from '../../src-shared/dataset/scl'
import type { Split } from '../../src-shared/footprint/footprint'
import { SampleColumns } from '../hdf5/sample-columns'
import { createSamplesFile } from '../hdf5/samples-file'

/** Writes a batch file. */
export async function writeBatch(
  path: string,
  columns: SampleColumns,
  slopeUnit: 'percent' | 'degrees' = 'percent',
): Promise<string> {
  const attributes = { split: 'train', settings: JSON.stringify({ slopeUnit }) }
  const file = await createSamplesFile(path, { compression: 1, slopeUnit, attributes })
  file.append(columns)
  await file.close()
  return path
}

/** The first samples of the sample world as the independent reference made them. */
export async function referenceColumns(split: Split, count: number): Promise<SampleColumns> {
  const columns = new SampleColumns(count)
  const samples = [...(await referenceSamples(split)).values()].slice(0, count)
  for (const sample of samples) {
    const i = columns.append()
    columns.uint16('Sentinel-2 L2A', i).set(sample.bands)
    columns.uint8('WorldCover', i).set(sample.landcover)
    columns.float32('CopDEM', i).set(sample.terrain)
    columns.float32('AGBD Raster', i).set(sample.agbdRaster)
    columns.float32('Transforms', i).set(sample.transform)
    columns.setString('CRS', i, 0, sample.crs)
    for (const [value, label] of SCL_LABELS.entries()) {
      columns.setString('S2 SCL Stats', i, 2 * value, label)
      columns.setString('S2 SCL Stats', i, 2 * value + 1, sample.fractions[value].toFixed(4))
    }
    columns.setString('Sentinel-2 Product Name', i, 0, sample.product)
    columns.setString('WorldCover Tile Name', i, 0, sample.landcoverTile)
    columns.setString('CopDEM Tile Name', i, 0, sample.demTile)
    columns.float32('AGBD Values', i)[0] = sample.agbd
    columns.float32('AGBD Standard Error', i)[0] = sample.agbdSe
    columns.setString('GEDI Product Name', i, 0, sample.granule)
    columns.setInt64('GEDI Shot Number', i, sample.shot)
    columns.setString('GEDI Acquisition Time', i, 0, sample.acquisition)
    columns.setString('GEDI Delta Time', i, 0, String(sample.deltaTime))
    columns.float32('GEDI Lat Lon', i).set([sample.lat, sample.lon])
  }
  return columns
}
