import { File, ready } from 'h5wasm/node'
import type { ShotColumn } from './shot-columns'

/** Columns of a beam in a granule for tests, in the types that GEDI uses unless a test wants others. */
export type BeamColumns = Partial<Record<ShotColumn, MadeColumn | undefined>>
type MadeColumn =
  Float32Array | Float64Array | BigUint64Array | BigInt64Array | Uint8Array | Int16Array | Int32Array

interface GoodBeam {
  agbd: Float32Array
  agbd_se: Float32Array
  lon_lowestmode: Float64Array
  lat_lowestmode: Float64Array
  shot_number: BigUint64Array
  delta_time: Float64Array
  l2_quality_flag: Uint8Array
  l4_quality_flag: Uint8Array
  surface_flag: Uint8Array
  sensitivity: Float32Array
  solar_elevation: Float32Array
  degrade_flag: Uint8Array
}

/** Complete columns for `count` shots that pass the default filters, numbered from `firstShot`. */
export function goodBeam(count: number, firstShot = 83310020000090071n): GoodBeam {
  const indices = Array.from({ length: count }, (_, index) => index)
  return {
    agbd: Float32Array.from(indices, (i) => 50 + i),
    agbd_se: Float32Array.from(indices, (i) => 10 + i / 10),
    lon_lowestmode: Float64Array.from(indices, (i) => 9 + i / 1000),
    lat_lowestmode: Float64Array.from(indices, (i) => 48 - i / 1000),
    shot_number: BigUint64Array.from(indices, (i) => firstShot + BigInt(i) * 13n),
    delta_time: Float64Array.from(indices, (i) => 76479369.123456 + i * 0.008264462),
    l2_quality_flag: new Uint8Array(count).fill(1),
    l4_quality_flag: new Uint8Array(count).fill(1),
    surface_flag: new Uint8Array(count).fill(1),
    sensitivity: new Float32Array(count).fill(0.95),
    solar_elevation: new Float32Array(count).fill(-20),
    degrade_flag: new Uint8Array(count),
  }
}

/** Writes an HDF5 file with the given groups and columns; this is not how the program writes HDF5. */
export async function makeGranule(path: string, beams: Record<string, BeamColumns>): Promise<string> {
  await ready
  const file = new File(path, 'w')
  for (const [beam, columns] of Object.entries(beams)) {
    const group = file.create_group(beam)
    for (const [name, data] of Object.entries(columns)) {
      if (data !== undefined) group.create_dataset({ name, data })
    }
  }
  file.create_group('METADATA')
  file.close()
  return path
}
