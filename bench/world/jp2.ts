import { spawnSync } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PYTHON } from '../../e2e/tools'
import { addGrain, addSmoothNoise } from './noise'
import { writeTiff, type RowOf } from './tiff'

const TILE = 1024
const TILES_ACROSS = 3

const SCRIPT = `
import sys
from rasterio.shutil import copy
source, target, tile = sys.argv[1:]
copy(source, target, driver="JP2OpenJPEG", REVERSIBLE="YES", QUALITY="100", BLOCKXSIZE=tile, BLOCKYSIZE=tile, NBITS="15",
     TLM="YES", PLT="YES")
`

/** The file that makeJp2 writes, in its folder. */
export function jp2Path(folder: string): string {
  return join(folder, 'B08.jp2')
}

/**
 * Has GDAL write a 10 m band losslessly as JPEG 2000, in 3 x 3 tiles of 1024 x 1024 pixels of 15 bits, as products have
 * them: a smooth landscape with grain.
 * @throws Error with what GDAL said, also where there is no rasterio
 */
export async function makeJp2(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const [plain, target] = [join(folder, 'plain.tif'), jp2Path(folder)]
  const size = {
    width: TILE * TILES_ACROSS,
    height: TILE * TILES_ACROSS,
    block: 512,
    type: 'uint16' as const,
  }
  const place = { epsg: 32632, x0: 600_000, y0: 5_200_020, pixel: 10, pixelIsPoint: false }
  await writeTiff(plain, { ...size, ...place, compress: false }, landscape)
  const args = ['-c', SCRIPT, plain, target, String(TILE)]
  const { status, stderr } = spawnSync(PYTHON, args, { encoding: 'utf8' })
  await rm(plain)
  if (status !== 0) throw new Error(`GDAL could not write ${target}: ${stderr}`)
}

const landscape: RowOf = (y, row) => {
  row.fill(1000)
  addSmoothNoise(row, y, 100, 240, 2400)
  addSmoothNoise(row, y, 101, 24, 1200)
  addSmoothNoise(row, y, 102, 4, 400)
  addGrain(row, y, 103, 60)
}
