import { PATCH_PIXELS, PATCH_SIZE } from '../../src-shared/dataset/bands'
import { readClasses, readFloats } from '../patches/dataset-rows'
import { Bins, Occurrences } from './bins'
import type { ColumnCount } from './count-columns'

const SLOPE_WIDTH = 2
const SLOPE_BINS = 16
/** The four pixels around the middle of the window, as the list of patches takes them. */
const MIDDLE = [-PATCH_SIZE - 1, -PATCH_SIZE, -1, 0].map((at) => PATCH_PIXELS / 2 + PATCH_SIZE / 2 + at)
const TERRAIN_PIXELS = 2 * PATCH_PIXELS

/** The class of most pixels of each window; of equally frequent ones the smaller. */
export function countLandCover(): ColumnCount {
  const classes = new Occurrences()
  return {
    count: (file, start, count) => {
      const pixels = readClasses(file, 'WorldCover', start, count)
      for (let i = 0; i < count; i++) {
        classes.add(String(majority(pixels.subarray(i * PATCH_PIXELS, (i + 1) * PATCH_PIXELS))))
      }
    },
    facts: () => ({ landCover: [...classes.tally].sort((a, b) => Number(a.value) - Number(b.value)) }),
  }
}

/** @param unit `%` or `°`; bins are 2 of it wide, the last from 30 on */
export function countSlope(unit: string): ColumnCount {
  const bins = new Bins(unit, SLOPE_WIDTH, SLOPE_BINS)
  return {
    count: (file, start, count) => {
      const terrain = readFloats(file, 'CopDEM', start, count)
      for (let i = 0; i < count; i++) {
        const slopes = MIDDLE.map((pixel) => terrain[i * TERRAIN_PIXELS + PATCH_PIXELS + pixel])
        bins.add(slopes.reduce((sum, slope) => sum + slope, 0) / MIDDLE.length)
      }
    },
    facts: () => ({ slope: bins.histogram }),
  }
}

function majority(classes: Uint8Array): number {
  const counts = new Uint16Array(256)
  for (const value of classes) counts[value]++
  return counts.indexOf(Math.max(...counts))
}
