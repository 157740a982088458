import { TABLE_COLUMNS, type TableColumn } from '../../src-shared/footprint/footprint'
import { isoSeconds } from '../../src-shared/footprint/time'
import { utmProjection } from '../../src-worker/raster/projection'
import type { Scene } from '../../src-shared/catalog/scene'

/** How footprints lie in a scene. */
export type Spread = 'sparse' | 'dense'
export const SPREADS: readonly Spread[] = ['sparse', 'dense']

export const FOOTPRINT_COUNT = 1000
const BEAMS = 8
/** Metres between the tracks of neighbouring beams on the ground (GEDI). */
const TRACK_DISTANCE = 600
/** Metres between a footprint and the border of the scene at least. */
const MARGIN = 3000
/** Edge of the patch that the dense footprints lie in, metres. */
const PATCH_EDGE = 4000
const ACQUISITION = Date.UTC(2020, 5, 7, 4, 11, 9)

/** Numbers in 0..1, always the same ones for a seed (Steele and Vigna's SplitMix, in 32 bits). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32
  }
}

/**
 * A table of 1000 footprints in a scene, as the program writes its subsets. Sparse: what a pass of the eight beams
 * across the whole scene leaves after the filters. Dense: anywhere in one patch of 4 km.
 */
export function footprintTable(scene: Scene, spread: Spread): string {
  const projection = utmProjection(scene.epsg)
  const random = randomNumbers(spread === 'sparse' ? 1 : 2)
  const rows = Array.from({ length: FOOTPRINT_COUNT }, (_, index) => {
    const [x, y] = spread === 'sparse' ? onTrack(scene, index, random) : inPatch(scene, random)
    const [lon, lat] = projection.inverse(x, y)
    return tableRow(index, lon, lat, random)
  })
  return [TABLE_COLUMNS.join(';'), ...rows, ''].join('\n')
}

/** Tracks go from the lower left to the upper right, as those of an ascending orbit at 51.6 degrees do here. */
function onTrack({ grid }: Scene, index: number, random: () => number): [x: number, y: number] {
  const edge = grid.width * 10
  const beam = index % BEAMS
  const along = ((Math.floor(index / BEAMS) + random()) * BEAMS) / FOOTPRINT_COUNT
  const aside = (beam - (BEAMS - 1) / 2) * TRACK_DISTANCE
  const t = MARGIN + along * (edge - 2 * MARGIN)
  const clamp = (value: number): number => Math.min(edge - MARGIN, Math.max(MARGIN, value))
  return [grid.x0 + clamp(t + aside * Math.SQRT1_2), grid.y0 - edge + clamp(t - aside * Math.SQRT1_2)]
}

function inPatch({ grid }: Scene, random: () => number): [x: number, y: number] {
  const middle = grid.width * 5
  return [
    grid.x0 + middle + (random() - 0.5) * PATCH_EDGE,
    grid.y0 - middle + (random() - 0.5) * PATCH_EDGE,
  ]
}

function tableRow(index: number, lon: number, lat: number, random: () => number): string {
  const agbd = Math.fround(20 + 200 * random())
  const values: Record<TableColumn, string> = {
    agbd: String(agbd),
    agbd_se: String(Math.fround(agbd * 0.1)),
    lon_lowestmode: String(lon),
    lat_lowestmode: String(lat),
    shot_number: `8331${String(index % BEAMS).padStart(2, '0')}0020${String(index).padStart(8, '0')}`,
    delta_time: String(76_479_369.123456 + index * 0.008264462),
    l2_quality_flag: '1',
    l4_quality_flag: '1',
    surface_flag: '1',
    'GEDI Filename': 'GEDI04_A_2020159041109_O08331_02_T00001_02_002_02_V002.h5',
    acquisition_time: isoSeconds(ACQUISITION),
  }
  return TABLE_COLUMNS.map((column) => values[column]).join(';')
}
