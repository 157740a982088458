import { PIXEL_SIZE } from '../../src-shared/dataset/bands'
import { isoSeconds } from '../../src-shared/footprint/time'
import type { DatasetOf } from './sample-columns'
import { sampleCheck, type SampleCheck } from './sample-check'

/** UTM zones of both hemispheres. */
const UTM = /^EPSG:32[67](0[1-9]|[1-5]\d|60)$/
/** Eastings and northings of any window in a UTM zone, metres; tiles reach beyond the equator by some kilometres. */
const EASTING = { least: 0, most: 1_000_000 }
const NORTHING = { least: -100_000, most: 10_100_000 }

const NAMES = [
  'Sentinel-2 Product Name',
  'WorldCover Tile Name',
  'CopDEM Tile Name',
  'GEDI Product Name',
] as const

/** Rules of the small columns. */
export const COLUMN_CHECKS: readonly SampleCheck[] = [
  sampleCheck(['Transforms'], (columns, i, fault) => {
    const found = [...columns.float32('Transforms', i)]
    const [x, y] = [found[2], found[5]]
    const expected = [PIXEL_SIZE, 0, x, 0, -PIXEL_SIZE, y, 0, 0, 1]
    const affine = found.every((value, k) => value === expected[k])
    const within = isWithin(x, EASTING) && isWithin(y, NORTHING)
    if (!affine || !within) {
      fault(
        'Transforms',
        'affine',
        `it is ${found.join()}, not 10,0,x,0,-10,y,0,0,1 with a place in a UTM zone`,
      )
    }
  }),
  sampleCheck(['CRS'], (columns, i, fault) => {
    const crs = columns.string('CRS', i)
    if (!UTM.test(crs)) fault('CRS', 'zone', `"${crs}" is no UTM zone on WGS 84`)
  }),
  ...NAMES.map(nameCheck),
  sampleCheck(['AGBD Values'], (columns, i, fault) => {
    const [agbd] = columns.float32('AGBD Values', i)
    if (!(agbd > 0 && Number.isFinite(agbd))) fault('AGBD Values', 'range', `the biomass is ${agbd} Mg/ha`)
  }),
  sampleCheck(['AGBD Standard Error'], (columns, i, fault) => {
    const [error] = columns.float32('AGBD Standard Error', i)
    if (!(error >= 0 && Number.isFinite(error))) {
      fault('AGBD Standard Error', 'range', `the standard error is ${error} Mg/ha`)
    }
  }),
  sampleCheck(['GEDI Shot Number'], (columns, i, fault) => {
    const shot = columns.int64('GEDI Shot Number', i)
    if (shot <= 0n) fault('GEDI Shot Number', 'range', `the shot number is ${shot}`)
  }),
  sampleCheck(['GEDI Acquisition Time'], (columns, i, fault) => {
    const text = columns.string('GEDI Acquisition Time', i)
    const time = Date.parse(text)
    if (Number.isNaN(time) || isoSeconds(time) !== text) {
      fault('GEDI Acquisition Time', 'form', `"${text}" is no time like 2020-06-07T04:11:09Z`)
    }
  }),
  sampleCheck(['GEDI Delta Time'], (columns, i, fault) => {
    const text = columns.string('GEDI Delta Time', i)
    const seconds = Number(text)
    if (!Number.isFinite(seconds) || String(seconds) !== text) {
      fault('GEDI Delta Time', 'form', `"${text}" is not the shortest text of a number of seconds`)
    }
  }),
  sampleCheck(['GEDI Lat Lon'], (columns, i, fault) => {
    const [latitude, longitude] = columns.float32('GEDI Lat Lon', i)
    if (!(Math.abs(latitude) <= 90)) fault('GEDI Lat Lon', 'latitude', `the latitude is ${latitude}`)
    if (!(Math.abs(longitude) <= 180)) fault('GEDI Lat Lon', 'longitude', `the longitude is ${longitude}`)
  }),
]

function nameCheck(name: DatasetOf<'string'>): SampleCheck {
  return sampleCheck([name], (columns, i, fault) => {
    if (columns.string(name, i) === '') fault(name, 'empty', 'the name is empty')
  })
}

function isWithin(value: number, { least, most }: { least: number; most: number }): boolean {
  return value >= least && value <= most
}
