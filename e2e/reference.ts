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
    const read = (name: string): unknown => {
      const dataset = file.get(`${split}/${name}`)
      if (!(dataset instanceof h5wasm.Dataset)) throw new Error(`the reference lacks ${split}/${name}`)
      return dataset.value
    }
    const shots = read('shot') as BigInt64Array
    const texts = (name: string): string[] => read(name) as string[]
    const [acq, granule, product, crs, dem, wc] = [
      texts('acq'),
      texts('granule'),
      texts('product'),
      texts('crs'),
      texts('demname'),
      texts('wcname'),
    ]
    const ll = read('ll') as Float64Array
    const [dtm, value, se, tr] = [
      read('dtm') as Float64Array,
      read('value') as Float32Array,
      read('se') as Float32Array,
      read('tr') as Float32Array,
    ]
    const [s2, terrain, cover, raster, frac] = [
      read('s2') as Uint16Array,
      read('dem') as Float32Array,
      read('wc') as Uint8Array,
      read('agbd') as Float32Array,
      read('frac') as Float64Array,
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
