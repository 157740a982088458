/** A meridian or parallel with its label. */
export interface GraticuleLine {
  /** Degrees; a meridian may lie beyond 180 where the map shows the world more than once. */
  degrees: number
  label: string
}

const STEPS = [30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001] as const

/** Least distance of two lines, pixels: labels like `7.95° E` have room between them. */
const DISTANCE = 88

/** The smallest round step in degrees that keeps lines apart. @param perDegree pixels of a degree */
export function graticuleStep(perDegree: number): number {
  return STEPS.findLast((step) => step * perDegree >= DISTANCE) ?? STEPS[0]
}

/** Meridians between two longitudes, west below east. */
export function meridians(west: number, east: number, step: number): GraticuleLine[] {
  return multiples(west, east, step).map((degrees) => {
    const turned = degrees - Math.floor((degrees + 180) / 360) * 360
    return { degrees, label: labelOf(turned, step, turned < 0 ? 'W' : 'E', Math.abs(turned) === 180) }
  })
}

/** Parallels between two latitudes. */
export function parallels(south: number, north: number, step: number): GraticuleLine[] {
  return multiples(south, north, step).map((degrees) => ({
    degrees,
    label: labelOf(degrees, step, degrees < 0 ? 'S' : 'N', false),
  }))
}

/** Counted in whole steps, so that no error adds up. */
function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step)
  const last = Math.floor(to / step)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => (first + place) * step)
}

function labelOf(degrees: number, step: number, side: string, isEdge: boolean): string {
  const digits = Math.abs(degrees).toFixed(Math.max(0, -Math.floor(Math.log10(step))))
  return Number(digits) === 0 || isEdge ? `${digits}°` : `${digits}° ${side}`
}
