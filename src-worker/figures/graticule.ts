import type { MapFrame } from './frame'

/** A line of the graticule: its place along the frame's edge, in units, and its label. */
export interface GraticuleLine {
  at: number
  label: string
}

const STEPS = [60, 30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]

/** Least distance between labels, units: the widest label (`179.995° W`) is 68 units wide. */
const LON_DISTANCE = 84
const LON_DISTANCE_WHOLE = 60
const LAT_DISTANCE = 40

/** Meridians at round degrees, from the left. */
export function meridians(frame: MapFrame): GraticuleLine[] {
  const step = stepFor(frame.perLon, LON_DISTANCE, LON_DISTANCE_WHOLE)
  return multiples(frame.west, frame.east, step).map((lon) => ({
    at: (lon - frame.west) * frame.perLon,
    label: lonLabel(lon, step),
  }))
}

/** Parallels at round degrees, from the bottom; `at` counts from the upper edge. */
export function parallels(frame: MapFrame): GraticuleLine[] {
  const step = stepFor(frame.perLat, LAT_DISTANCE, LAT_DISTANCE)
  return multiples(frame.south, frame.north, step).map((lat) => ({
    at: (frame.north - lat) * frame.perLat,
    label: latLabel(lat, step),
  }))
}

/** The smallest round step, degrees, whose lines keep the distance. */
function stepFor(perDegree: number, distance: number, distanceOfWhole: number): number {
  const fits = STEPS.filter((step) => step * perDegree >= (step >= 1 ? distanceOfWhole : distance))
  return fits.at(-1) ?? STEPS[0]
}

/** Multiples of the step within the range; counted in whole steps, so that no error adds up. */
function multiples(from: number, to: number, step: number): number[] {
  const slack = 1e-9
  const first = Math.ceil(from / step - slack)
  const last = Math.floor(to / step + slack)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step)
}

function lonLabel(lon: number, step: number): string {
  const turned = lon - Math.floor((lon + 180) / 360) * 360
  const digits = degrees(Math.abs(turned), step)
  if (Number(digits) === 0 || Number(digits) === 180) return `${digits}°`
  return `${digits}° ${turned < 0 ? 'W' : 'E'}`
}

function latLabel(lat: number, step: number): string {
  const digits = degrees(Math.abs(lat), step)
  if (Number(digits) === 0) return `${digits}°`
  return `${digits}° ${lat < 0 ? 'S' : 'N'}`
}

function degrees(value: number, step: number): string {
  return value.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
}
