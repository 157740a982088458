import type { ClassColours } from './class-colours'
import type { Ramp } from './ramps'

/** Steps that a ramp is cut into. */
const RAMP_STEPS = 256

/** Red, green and blue from `#rrggbb`, 0 to 255. */
function channels(colour: string): [red: number, green: number, blue: number] {
  const value = Number.parseInt(colour.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** A ramp ready for pixels. */
export interface RampTable {
  /** Red, green and blue of each step, one after the other. */
  colours: Uint8Array
  /** Step of a share of the way along the ramp; shares beyond 0 and 1 take its ends. */
  stepAt: (share: number) => number
}

const ramps = new Map<Ramp, RampTable>()

/** The table of a ramp, made once. */
export function rampTable(ramp: Ramp): RampTable {
  const known = ramps.get(ramp)
  if (known !== undefined) return known
  const stops = ramp.map(channels)
  const colours = new Uint8Array(3 * RAMP_STEPS)
  for (let step = 0; step < RAMP_STEPS; step++) {
    const at = (step / (RAMP_STEPS - 1)) * (stops.length - 1)
    const low = Math.min(Math.floor(at), stops.length - 2)
    for (let c = 0; c < 3; c++) {
      const [from, to] = [stops[low][c], stops[low + 1][c]]
      colours[3 * step + c] = Math.round(from + (at - low) * (to - from))
    }
  }
  const table = {
    colours,
    stepAt: (share: number) => Math.round(Math.min(Math.max(share, 0), 1) * (RAMP_STEPS - 1)),
  }
  ramps.set(ramp, table)
  return table
}

const classes = new Map<ClassColours, ReadonlyMap<number, readonly number[]>>()

/** Red, green and blue of each class, made once. */
export function classTable(colours: ClassColours): ReadonlyMap<number, readonly number[]> {
  const known = classes.get(colours)
  if (known !== undefined) return known
  const table = new Map([...colours].map(([value, colour]) => [value, channels(colour)]))
  classes.set(colours, table)
  return table
}
