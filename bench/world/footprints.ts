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

/**
 * Tracks cross the whole scene from west to east, with the azimuth that an orbit of 51.6 degrees of inclination has at
 * 46.5 degrees of latitude: asin(cos 51.6 / cos 46.5), a degree less for the turn of the Earth.
 */
function onTrack({ grid }: Scene, index: number, random: () => number): [x: number, y: number] {
  const edge = grid.width * 10
  const azimuth = (63.5 * Math.PI) / 180
  const aside = ((index % BEAMS) - (BEAMS - 1) / 2) * TRACK_DISTANCE
  const along = ((Math.floor(index / BEAMS) + random()) * BEAMS) / FOOTPRINT_COUNT - 0.5
  const x = along * (edge - 2 * MARGIN)
  const y = (x - aside / Math.cos(azimuth)) / Math.tan(azimuth)
  return [grid.x0 + edge / 2 + x, grid.y0 - edge / 2 + y]
}

function inPatch({ grid }: Scene, random: () => number): [x: number, y: number] {
  const middle = grid.width * 5
  return [grid.x0 + middle + (random() - 0.5) * PATCH_EDGE, grid.y0 - middle + (random() - 0.5) * PATCH_EDGE]
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
