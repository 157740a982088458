import { BAND_NAMES, PATCH_PIXELS, type BandName } from '../../src-shared/dataset/bands'
import { REFLECTANCE_SCALE } from '../../src-shared/patches/patch-values'
import { SUSPECT_THRESHOLDS } from '../../src-shared/patches/suspects'
import { MIDDLE } from './centre-terrain'
import { readClasses, readDigitalNumbers } from './dataset-rows'
import type { SampleFile } from './sample-file'

/** Bands of 10 m, in which any real place varies. */
const FINE_BANDS: readonly BandName[] = ['B02', 'B03', 'B04', 'B08']
const SPECTRAL_BANDS = BAND_NAMES.filter((name) => name !== 'SCL')
const VEGETATION = 4

/** What the image layers of a sample tell about it, see SuspectMeasures. */
export interface MeasuredImages {
  deviation: number
  missing: number
  blue: number
  landCover: number
  ndvi: number
  middleCover: number
}

/**
 * Measures the image layers of one sample; NaN where the file lacks what a number is made of.
 * @throws StudioError `hdf5-read` when a chunk is damaged
 */
export function measureImages(file: SampleFile, row: number): MeasuredImages {
  const hasBands = file.datasets.has('Sentinel-2 L2A')
  const cover = file.datasets.has('WorldCover') ? readClasses(file, 'WorldCover', row, 1) : null
  const landCover = cover === null ? NaN : mostFrequent(cover)
  const middleCover = cover === null ? NaN : mostFrequent(Uint8Array.from(MIDDLE, (pixel) => cover[pixel]))
  const ofCover = { landCover, middleCover }
  if (!hasBands) return { deviation: NaN, missing: NaN, blue: NaN, ndvi: NaN, ...ofCover }
  const numbers = readDigitalNumbers(file, 'Sentinel-2 L2A', row, 1)
  const band = (name: BandName): Uint16Array => {
    const at = BAND_NAMES.indexOf(name) * PATCH_PIXELS
    return numbers.subarray(at, at + PATCH_PIXELS)
  }
  return {
    deviation: Math.max(...FINE_BANDS.map((name) => deviation(band(name)))) / REFLECTANCE_SCALE,
    missing: missingPixels(SPECTRAL_BANDS.map(band)),
    blue: blueOverVegetation(band('SCL'), band('B02')),
    ndvi: meanNdvi(band('B04'), band('B08'), cover, landCover),
    ...ofCover,
  }
}

/** The class of most pixels; of several the smallest. */
function mostFrequent(classes: Uint8Array): number {
  const counts = new Uint16Array(256)
  for (const value of classes) counts[value]++
  return counts.indexOf(Math.max(...counts))
}

/** Standard deviation of the population, in the values' own unit. */
function deviation(values: Uint16Array): number {
  let [sum, squares] = [0, 0]
  for (const value of values) {
    sum += value
    squares += value * value
  }
  const mean = sum / values.length
  // Sums of integers of 16 bits are exact here; only the last step rounds, perhaps below 0.
  return Math.sqrt(Math.max(0, squares / values.length - mean * mean))
}

function missingPixels(bands: readonly Uint16Array[]): number {
  let count = 0
  for (let pixel = 0; pixel < PATCH_PIXELS; pixel++) if (bands.some((values) => values[pixel] === 0)) count++
  return count
}

function blueOverVegetation(classes: Uint16Array, blue: Uint16Array): number {
  let [sum, count] = [0, 0]
  for (let pixel = 0; pixel < PATCH_PIXELS; pixel++) {
    if (classes[pixel] !== VEGETATION || blue[pixel] === 0) continue
    sum += blue[pixel]
    count++
  }
  return count < SUSPECT_THRESHOLDS.offsetPixels ? NaN : sum / count / REFLECTANCE_SCALE
}

/** Mean of (B08 - B04) / (B08 + B04) over the pixels of a land cover class that have data. */
function meanNdvi(
  red: Uint16Array,
  infrared: Uint16Array,
  cover: Uint8Array | null,
  landCover: number,
): number {
  let [sum, count] = [0, 0]
  for (let pixel = 0; pixel < PATCH_PIXELS; pixel++) {
    if (cover !== null && cover[pixel] !== landCover) continue
    if (red[pixel] === 0 || infrared[pixel] === 0) continue
    sum += (infrared[pixel] - red[pixel]) / (infrared[pixel] + red[pixel])
    count++
  }
  return sum / count
}
