import { AGBD_NODATA, PATCH_PIXELS, PATCH_SIZE } from '../../src-shared/dataset/bands'
import { SCL_LABELS } from '../../src-shared/dataset/scl'
import { SampleColumns } from './sample-columns'

/** Numbers in [0, 1) that follow from a seed: a linear congruential generator modulo 2^32. */
function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/** Samples for tests, all different, that hold to the rules of a dataset; sample `first + i` is always the same. */
export function madeSamples(count: number, first = 0): SampleColumns {
  const columns = new SampleColumns(Math.max(count, 1))
  for (let i = 0; i < count; i++) fillSample(columns, columns.append(), first + i)
  return columns
}

function fillSample(columns: SampleColumns, i: number, seed: number): void {
  const random = randomNumbers(seed + 1)
  fillImages(columns, i, random)
  const agbd = Math.fround(1 + random() * 400)
  const biomass = columns.float32('AGBD Raster', i).fill(AGBD_NODATA)
  for (const row of [15, 16]) biomass.fill(agbd, row * PATCH_SIZE + 15, row * PATCH_SIZE + 17)
  const x = 500_000 + seed * 10
  columns.float32('Transforms', i).set([10, 0, x, 0, -10, 5_300_000, 0, 0, 1])
  columns.setString('CRS', i, 0, seed % 2 === 0 ? 'EPSG:32632' : 'EPSG:32733')
  columns.setString(
    'Sentinel-2 Product Name',
    i,
    0,
    'S2A_MSIL2A_20200609T102131_N0214_R101_T32TNT_20200611T102131',
  )
  columns.setString('WorldCover Tile Name', i, 0, 'ESA_WorldCover_10m_2020_v100_N45E006_Map')
  columns.setString('CopDEM Tile Name', i, 0, 'Copernicus_DSM_COG_10_N47_00_E008_00_DEM')
  columns.float32('AGBD Values', i)[0] = agbd
  columns.float32('AGBD Standard Error', i)[0] = agbd * 0.1
  columns.setString('GEDI Product Name', i, 0, 'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5')
  columns.setInt64('GEDI Shot Number', i, 83_310_000_000_000_001n + BigInt(seed))
  columns.setString('GEDI Acquisition Time', i, 0, '2020-06-07T04:11:09Z')
  columns.setString('GEDI Delta Time', i, 0, String(76_738_269.123456 + seed * 0.008264462))
  columns.float32('GEDI Lat Lon', i).set([47.5 + random() * 0.1, 8.5 + random() * 0.1])
}

function fillImages(columns: SampleColumns, i: number, random: () => number): void {
  const bands = columns.uint16('Sentinel-2 L2A', i)
  const scl = bands.subarray(0, PATCH_PIXELS)
  for (let p = 0; p < PATCH_PIXELS; p++) scl[p] = random() < 0.9 ? 4 : 5
  for (let p = PATCH_PIXELS; p < bands.length; p++) bands[p] = Math.floor(200 + random() * 4000)
  const vegetation = scl.reduce((sum, value) => sum + (value === 4 ? 1 : 0), 0)
  SCL_LABELS.forEach((label, value) => {
    const pixels = value === 4 ? vegetation : value === 5 ? PATCH_PIXELS - vegetation : 0
    columns.setString('S2 SCL Stats', i, 2 * value, label)
    columns.setString('S2 SCL Stats', i, 2 * value + 1, (pixels / PATCH_PIXELS).toFixed(4))
  })
  const cover = columns.uint8('WorldCover', i)
  for (let p = 0; p < PATCH_PIXELS; p++) cover[p] = random() < 0.7 ? 10 : 30
  const terrain = columns.float32('CopDEM', i)
  for (let p = 0; p < PATCH_PIXELS; p++) {
    terrain[p] = 400 + random() * 50
    terrain[PATCH_PIXELS + p] = random() * 12
  }
}
