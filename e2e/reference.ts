import { resolve } from 'node:path'
import { readFileSync } from 'node:fs'
import * as h5wasm from 'h5wasm/node'
import type { Split } from '../src-shared/footprint/footprint'
import { REFERENCE_DIR } from './tools'

/** One sample as the independent GDAL/PROJ/libhdf5 reference made it. */
export interface ReferenceSample {
  shot: bigint
  lat: number
  lon: number
  acquisition: string
  deltaTime: number
  agbd: number
  agbdSe: number
  granule: string
  product: string
  crs: string
  demTile: string
  landcoverTile: string
  transform: Float32Array
  /** 12 x 32 x 32 */
  bands: Uint16Array
  /** 2 x 32 x 32 */
  terrain: Float32Array
  /** 32 x 32 */
  landcover: Uint8Array
  agbdRaster: Float32Array
  /** Fractions of the 12 scene classes. */
  fractions: Float64Array
}

/** The samples that the reference makes of the sample world, by shot number. */
export async function referenceSamples(split: Split): Promise<Map<bigint, ReferenceSample>> {
  await h5wasm.ready
  const file = new h5wasm.File(resolve(REFERENCE_DIR, 'sample-expected.h5'), 'r')
  try {
    const read = <T>(name: string): T => {
      const dataset = file.get(`${split}/${name}`)
      if (!(dataset instanceof h5wasm.Dataset)) throw new Error(`the reference lacks ${split}/${name}`)
      return dataset.value as T
    }
    const shots = read<BigInt64Array>('shot')
    const texts = (name: string): string[] => read<string[]>(name)
    const [acq, granule, product, crs, dem, wc] = [
      texts('acq'),
      texts('granule'),
      texts('product'),
      texts('crs'),
      texts('demname'),
      texts('wcname'),
    ]
    const ll = read<Float64Array>('ll')
    const [dtm, value, se, tr] = [
      read<Float64Array>('dtm'),
      read<Float32Array>('value'),
      read<Float32Array>('se'),
      read<Float32Array>('tr'),
    ]
    const [s2, terrain, cover, raster, frac] = [
      read<Uint16Array>('s2'),
      read<Float32Array>('dem'),
      read<Uint8Array>('wc'),
      read<Float32Array>('agbd'),
      read<Float64Array>('frac'),
    ]
    return new Map(
      [...shots].map((shot, i) => [
        shot,
        {
          shot,
          lat: ll[2 * i],
          lon: ll[2 * i + 1],
          acquisition: acq[i],
          deltaTime: dtm[i],
          agbd: value[i],
          agbdSe: se[i],
          granule: granule[i],
          product: product[i],
          crs: crs[i],
          demTile: dem[i],
          landcoverTile: wc[i],
          transform: tr.slice(9 * i, 9 * i + 9),
          bands: s2.slice(i * 12288, (i + 1) * 12288),
          terrain: terrain.slice(i * 2048, (i + 1) * 2048),
          landcover: cover.slice(i * 1024, (i + 1) * 1024),
          agbdRaster: raster.slice(i * 1024, (i + 1) * 1024),
          fractions: frac.slice(i * 12, (i + 1) * 12),
        },
      ]),
    )
  } finally {
    file.close()
  }
}

/** The rejections of the reference: reason by shot number. */
export function referenceRejections(split: Split): Map<bigint, string> {
  const lines = readFileSync(resolve(REFERENCE_DIR, 'sample-expected-rejections.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
  const rows = lines.slice(1).map((line) => line.split(','))
  return new Map(rows.filter((row) => row[1] === split).map((row) => [BigInt(row[0]), row[2]]))
}
