import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { File, ready, type Group } from 'h5wasm/node'
import { BEAMS } from '../../src-shared/settings/footprint-settings'
import { randomNumbers } from './footprints'

/** Shots of a beam and of the whole granule. */
const BEAM_SHOTS = 200_000
export const GRANULE_SHOTS = BEAM_SHOTS * BEAMS.length

/** Layout of the real granule that the tests use: gzip without shuffle, chunks of 14,200 elements. */
const CHUNK = 14_200
const GZIP_LEVEL = 4

/** Path of the benchmark's granule in a folder. */
export function granulePath(folder: string): string {
  return join(folder, 'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5')
}

/** Writes a granule of 8 x 200,000 shots with the nine columns of every granule and the three optional ones. */
export async function makeGranule(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await ready
  const file = new File(granulePath(folder), 'w')
  for (const [index, beam] of BEAMS.entries()) writeBeam(file.create_group(beam), index)
  file.create_group('METADATA')
  file.close()
}

function writeBeam(group: Group, index: number): void {
  const random = randomNumbers(index + 1)
  const make = <T extends Record<number, number>>(column: T, value: (shot: number) => number): T => {
    for (let shot = 0; shot < BEAM_SHOTS; shot++) column[shot] = value(shot)
    return column
  }
  const flag = (share: number): Uint8Array => make(new Uint8Array(BEAM_SHOTS), () => Number(random() < share))
  const agbd = make(new Float32Array(BEAM_SHOTS), () => -80 * Math.log(1 - random()))
  const columns = {
    agbd,
    agbd_se: make(new Float32Array(BEAM_SHOTS), (shot) => agbd[shot] * (0.05 + 0.6 * random())),
    // 60 m from shot to shot along the orbit, a few centimetres of noise.
    lat_lowestmode: make(new Float64Array(BEAM_SHOTS), (shot) => -51 + shot * 5.1e-4 + random() * 1e-6),
    lon_lowestmode: make(new Float64Array(BEAM_SHOTS), (shot) => -60 + shot * 5.5e-4 + random() * 1e-6),
    shot_number: BigUint64Array.from(
      { length: BEAM_SHOTS },
      (_, shot) => 83_310_020_000_090_071n + BigInt(index) * 100_000_000_000n + BigInt(shot),
    ),
    delta_time: make(new Float64Array(BEAM_SHOTS), (shot) => 76_479_369.123456 + shot * 0.008264462),
    l2_quality_flag: flag(0.5),
    l4_quality_flag: flag(0.7),
    surface_flag: flag(0.97),
    sensitivity: make(new Float32Array(BEAM_SHOTS), () => 0.9 + 0.09 * random()),
    solar_elevation: make(new Float32Array(BEAM_SHOTS), (shot) => -40 + shot * 1e-4),
    degrade_flag: flag(0.02),
  }
  for (const [name, data] of Object.entries(columns)) {
    group.create_dataset({ name, data, chunks: [CHUNK], compression: GZIP_LEVEL })
  }
}
