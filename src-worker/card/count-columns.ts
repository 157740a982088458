import type { FileFacts } from '../../src-shared/card/card-facts'
import { rangeOf } from '../figures/distribution'
import type { LonLatRange } from '../figures/frame'
import { readFloats, readTexts } from '../patches/dataset-rows'
import type { SampleFile } from '../patches/sample-file'
import { sceneTime } from '../patches/sample-times'
import { Bins, Occurrences } from './bins'

/** Counts rows [start, start + count) of a file; throws StudioError `hdf5-read` where they are damaged. */
export type CountRows = (file: SampleFile, start: number, count: number) => void

/** One thing that is counted, in one pass over a column. */
export interface ColumnCount {
  count: CountRows
  /** What was counted, once all rows were. */
  facts: () => Partial<FileFacts>
}

const AGBD_WIDTH = 25
const AGBD_BINS = 21
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/
const DAY_MS = 86_400_000
const NO_NAME = '(none)'

/** Biomass density in bins of 25 Mg/ha, the last from 500 on. */
export function countAgbd(): ColumnCount {
  const bins = new Bins('Mg/ha', AGBD_WIDTH, AGBD_BINS)
  return {
    count: (file, start, count) => readFloats(file, 'AGBD Values', start, count).forEach((v) => bins.add(v)),
    facts: () => ({ agbd: bins.histogram }),
  }
}

/** Years, months and days of the year in which footprints were acquired (UTC), by the time of their granule. */
export function countTimes(): ColumnCount {
  const years = new Occurrences()
  const months = new Array<number>(12).fill(0)
  const days = new Array<number>(366).fill(0)
  let [first, last, outside] = ['', '', 0]
  const add = (text: string): void => {
    const time = new Date(text)
    if (!ISO_TIME.test(text) || Number.isNaN(time.getTime())) {
      outside++
      return
    }
    const year = time.getUTCFullYear()
    years.add(String(year))
    months[time.getUTCMonth()]++
    days[Math.floor((time.getTime() - Date.UTC(year, 0, 1)) / DAY_MS)]++
    if (first === '' || text < first) first = text
    if (text > last) last = text
  }
  return {
    count: (file, start, count) => readTexts(file, 'GEDI Acquisition Time', start, count).forEach(add),
    facts: () => ({
      acquired: first === '' ? null : { first, last, years: years.tally, months, days, outside },
    }),
  }
}

/** Where the footprints lie. */
export function countPositions(): ColumnCount {
  const strips = new Map<number, LonLatRange>()
  return {
    count: (file, start, count) => {
      const positions = readFloats(file, 'GEDI Lat Lon', start, count)
      for (let i = 0; i < positions.length; i += 2) widen(strips, positions[i + 1], positions[i])
    },
    facts: () => ({ bounds: rangeOf([...strips.values()].sort((a, b) => a.west - b.west)) }),
  }
}

function widen(strips: Map<number, LonLatRange>, lon: number, lat: number): void {
  if (!Number.isFinite(lon) || !Number.isFinite(lat)) return
  const key = Math.floor(lon)
  const strip = strips.get(key)
  if (strip === undefined) {
    strips.set(key, { west: lon, east: lon, south: lat, north: lat })
    return
  }
  strip.west = Math.min(strip.west, lon)
  strip.east = Math.max(strip.east, lon)
  strip.south = Math.min(strip.south, lat)
  strip.north = Math.max(strip.north, lat)
}

/** Sentinel-2 products, and the years in which they were sensed. */
export function countProducts(): ColumnCount {
  const years = new Occurrences()
  const products = new Occurrences()
  return {
    count: (file, start, count) => {
      for (const product of readTexts(file, 'Sentinel-2 Product Name', start, count)) {
        products.add(product)
        years.add(sceneTime(product)?.slice(0, 4) ?? NO_NAME)
      }
    },
    facts: () => ({ products: products.size, productYears: years.tally }),
  }
}

/** GEDI granules that samples come from. */
export function countGranules(): ColumnCount {
  const granules = new Occurrences()
  return {
    count: (file, start, count) =>
      readTexts(file, 'GEDI Product Name', start, count).forEach((name) => granules.add(name)),
    facts: () => ({ granules: granules.size }),
  }
}

/** Coordinate reference systems of the windows. */
export function countCrs(): ColumnCount {
  const systems = new Occurrences()
  return {
    count: (file, start, count) =>
      readTexts(file, 'CRS', start, count).forEach((name) => systems.add(name === '' ? NO_NAME : name)),
    facts: () => ({ crs: systems.tally }),
  }
}
