import { spawnSync } from 'node:child_process'
import { PYTHON } from '../../e2e/tools'
import type { TiffSpec } from './tiff'

const SCRIPT = `
import sys
from rasterio.shutil import copy
source, target, block, predictor = sys.argv[1:]
copy(source, target, driver="COG", COMPRESS="DEFLATE", PREDICTOR=predictor, BLOCKSIZE=block, OVERVIEWS="NONE",
     SPARSE_OK="TRUE", NUM_THREADS="ALL_CPUS", BIGTIFF="NO")
`

const PREDICTORS = { uint8: '1', uint16: '2', float32: '3' } as const

/**
 * Has GDAL write a raster as a cloud-optimised file, deflated, in blocks of the given size.
 * @throws Error with what GDAL said
 */
export function toCog(source: string, target: string, { block, type }: TiffSpec): void {
  const args = ['-c', SCRIPT, source, target, String(block), PREDICTORS[type]]
  const { status, stderr } = spawnSync(PYTHON, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`GDAL could not write ${target}: ${stderr}`)
}
