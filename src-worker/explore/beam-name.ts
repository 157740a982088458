/** Name of a beam by its number, the opposite of `beamCode`: 5 -> `BEAM0101`. */
export function beamName(code: number): string {
  return `BEAM${code.toString(2).padStart(4, '0')}`
}
