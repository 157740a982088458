import { Error as errorsOnly, parse, resetSVGDefIds, View, type Spec } from 'vega'

declare module 'vega' {
  /** Numbers gradients and clip paths from 0 again; missing in Vega's own types. */
  export function resetSVGDefIds(): void
}

/**
 * Draws a Vega specification as SVG, without browser or canvas. The same specification gives the same text.
 * @throws Error when the specification is at fault
 */
export async function renderSvg(spec: Spec): Promise<string> {
  const view = await new View(parse(spec), { renderer: 'none', logLevel: errorsOnly }).runAsync()
  resetSVGDefIds()
  const svg = await view.toSVG()
  view.finalize()
  return svg
}
