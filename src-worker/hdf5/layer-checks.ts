import {
  AGBD_NODATA,
  CENTRE_FIRST,
  CENTRE_LAST,
  PATCH_PIXELS,
  PATCH_SIZE,
} from '../../src-shared/dataset/bands'
import { SCL_CLASS_COUNT, SCL_LABELS } from '../../src-shared/dataset/scl'
import { WORLDCOVER_LABELS } from '../../src-shared/dataset/worldcover'
import { sampleCheck, type SampleCheck } from './sample-check'

/** The lowest and highest land, in metres, with some room: the Dead Sea at -430, Mount Everest at 8849. */
const ALTITUDE = { least: -500, most: 9000 }
/** Fractions are given with four decimals. */
const FRACTION = /^[01]\.\d{4}$/
const FRACTION_TOLERANCE = 0.0001
const SUM_TOLERANCE = 0.001

/** Rules of the image layers. */
export const LAYER_CHECKS: readonly SampleCheck[] = [
  sampleCheck(['Sentinel-2 L2A'], (columns, i, fault) => {
    const scl = columns.uint16('Sentinel-2 L2A', i).subarray(0, PATCH_PIXELS)
    const at = scl.findIndex((value) => value >= SCL_CLASS_COUNT)
    if (at >= 0) fault('Sentinel-2 L2A', 'class', `SCL is ${scl[at]} at ${place(at)}, no class of 0 to 11`)
  }),
  sampleCheck(['Sentinel-2 L2A', 'S2 SCL Stats'], (columns, i, fault) => {
    const pixels = classCounts(columns.uint16('Sentinel-2 L2A', i).subarray(0, PATCH_PIXELS))
    let sum = 0
    for (const [value, label] of SCL_LABELS.entries()) {
      const found = columns.string('S2 SCL Stats', i, 2 * value)
      if (found !== label)
        fault('S2 SCL Stats', 'label', `class ${value} is called "${found}" instead of "${label}"`)
      const text = columns.string('S2 SCL Stats', i, 2 * value + 1)
      const fraction = Number(text)
      sum += fraction
      if (!FRACTION.test(text)) {
        fault(
          'S2 SCL Stats',
          'fraction',
          `the fraction of ${label} is "${text}", no number with four decimals`,
        )
      } else if (Math.abs(fraction - pixels[value] / PATCH_PIXELS) > FRACTION_TOLERANCE) {
        const share = (pixels[value] / PATCH_PIXELS).toFixed(4)
        fault('S2 SCL Stats', 'share', `the fraction of ${label} is ${text}, in the SCL band it is ${share}`)
      }
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) fault('S2 SCL Stats', 'sum', `the fractions add up to ${sum}`)
  }),
  sampleCheck(['WorldCover'], (columns, i, fault) => {
    const classes = columns.uint8('WorldCover', i)
    const at = classes.findIndex((value) => !WORLDCOVER_LABELS.has(value))
    if (at >= 0)
      fault('WorldCover', 'class', `the class is ${classes[at]} at ${place(at)}, which is not in the legend`)
  }),
  sampleCheck(['CopDEM'], (columns, i, fault) => {
    const terrain = columns.float32('CopDEM', i)
    const altitude = terrain.subarray(0, PATCH_PIXELS)
    const high = altitude.findIndex((value) => !(value >= ALTITUDE.least && value <= ALTITUDE.most))
    if (high >= 0) fault('CopDEM', 'altitude', `the altitude is ${altitude[high]} m at ${place(high)}`)
    const slope = terrain.subarray(PATCH_PIXELS)
    const steep = slope.findIndex((value) => !(value >= 0 && Number.isFinite(value)))
    if (steep >= 0) fault('CopDEM', 'slope', `the slope is ${slope[steep]} at ${place(steep)}`)
  }),
  sampleCheck(['AGBD Raster', 'AGBD Values'], (columns, i, fault) => {
    const raster = columns.float32('AGBD Raster', i)
    const [agbd] = columns.float32('AGBD Values', i)
    const foreign = raster.findIndex((value) => value !== AGBD_NODATA && value !== agbd)
    if (foreign >= 0) {
      const value = raster[foreign]
      fault(
        'AGBD Raster',
        'value',
        `the biomass is ${value} at ${place(foreign)}, the footprint's is ${agbd}`,
      )
    }
    if (!hasCentre(raster, agbd)) fault('AGBD Raster', 'centre', 'no pixel in the centre has the biomass')
  }),
]

function classCounts(scl: Uint16Array): number[] {
  const counts = new Array<number>(SCL_CLASS_COUNT).fill(0)
  for (const value of scl) if (value < SCL_CLASS_COUNT) counts[value]++
  return counts
}

function hasCentre(raster: Float32Array, agbd: number): boolean {
  for (let row = CENTRE_FIRST; row <= CENTRE_LAST; row++) {
    const first = row * PATCH_SIZE
    if (raster.subarray(first + CENTRE_FIRST, first + CENTRE_LAST + 1).includes(agbd)) return true
  }
  return false
}

function place(pixel: number): string {
  return `row ${Math.floor(pixel / PATCH_SIZE)}, column ${pixel % PATCH_SIZE}`
}
