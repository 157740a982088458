const ROUND = [1, 2, 5] as const

/** A scale bar: its length in pixels and what it stands for. */
export interface ScaleBar {
  pixels: number
  label: string
}

/** The longest bar of a round length that is at most so many pixels long. @param metres of a pixel on the ground */
export function scaleBar(metres: number, atMost: number): ScaleBar {
  const longest = metres * atMost
  const power = 10 ** Math.floor(Math.log10(longest))
  const length = (ROUND.findLast((factor) => factor * power <= longest) ?? 1) * power
  const label = length >= 1000 ? `${length / 1000} km` : `${length} m`
  return { pixels: length / metres, label }
}
