/** What the name of a Sentinel-2 L2A product says (ESA's naming convention since 2016). */
export interface ProductName {
  /** `S2A_MSIL2A_20200604T102031_N0214_R065_T32TNT_20200604T141145`. */
  name: string
  /** Mission and start of the data take, `S2A_20200604T102031`; the same for every product of a pass. */
  datatake: string
  /** Processing baseline, `N0214` -> 2.14. */
  baseline: number
  /** MGRS tile, `32TNT`. */
  tile: string
  /** Product discriminator, mostly the time of generation: `20200604T141145`. Sorts by age. */
  generation: string
}

const PRODUCT = /(S2[A-Z])_MSIL2A_(\d{8}T\d{6})_N(\d{2})(\d{2})_R\d{3}_T(\d{2}[A-Z]{3})_(\d{8}T\d{6})/

/** Ids of Planetary Computer are product names without the baseline. */
const WITHOUT_BASELINE = /^(S2[A-Z]_MSIL2A_\d{8}T\d{6})(_R\d{3}_T\d{2}[A-Z]{3}_\d{8}T\d{6})$/

/** Finds a Sentinel-2 L2A product name in a text such as a path, or null. */
export function findProductName(text: string): ProductName | null {
  const match = PRODUCT.exec(text)
  if (match === null) return null
  const [name, mission, start, major, minor, tile, generation] = match
  return { name, datatake: `${mission}_${start}`, baseline: baselineOf(major, minor), tile, generation }
}

/**
 * The product name that an item id lacking the baseline stands for:
 * `S2A_MSIL2A_20200604T102031_R065_T32TNT_20200604T141145` and 2.14 make `…_N0214_R065_…`. Null for other ids.
 */
export function completeProductName(id: string, baseline: number): string | null {
  const match = WITHOUT_BASELINE.exec(id)
  if (match === null) return null
  const digits = Math.round(baseline * 100)
    .toString()
    .padStart(4, '0')
  return `${match[1]}_N${digits}${match[2]}`
}

/** Reads a processing baseline such as `05.00`, `N0500` or 5 as a number; null for anything else. */
export function parseBaseline(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value > 0 ? value : null
  if (typeof value !== 'string') return null
  const match = /^N?(\d{1,2})\.?(\d{2})$/.exec(value.trim())
  return match === null ? null : baselineOf(match[1], match[2])
}

function baselineOf(major: string, minor: string): number {
  return Number(`${major}.${minor}`)
}
