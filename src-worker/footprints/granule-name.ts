/** What the file name of a GEDI L4A granule says (SPEC 1; GEDI L4A product page, "File naming"). */
export interface GranuleName {
  /** The file name itself, without folder. */
  name: string
  /** Start of the granule, milliseconds since 1970-01-01 UTC. */
  acquisitionTime: number
  orbit: number
  /** Quarter of the orbit, 1 to 4. */
  subOrbit: number
  track: number
  /** Positioning and pointing determination: 0 predict, 1 rapid, 2 final. */
  positioning: number
  /** Release of the science algorithms. */
  release: number
  /** Version of the production software. */
  production: number
  /** Version of the product, `V002` -> 2. */
  version: number
}

/** Subsetting services append a word to the name (`…_V002_subsetted.h5`); the rest is as published. */
const PATTERN =
  /^GEDI04_A_(\d{4})(\d{3})(\d{2})(\d{2})(\d{2})_O(\d{5})_(\d{2})_T(\d{5})_(\d{2})_(\d{3})_(\d{2})_V(\d{3})(?:[_-][\w-]+)?\.(?:h5|hdf5)$/i

/** Reads a granule's file name; null when it is not the name of a GEDI L4A granule. */
export function parseGranuleName(name: string): GranuleName | null {
  const match = PATTERN.exec(name)
  if (match === null) return null
  const part = (index: number): number => Number(match.at(index))
  const [year, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5)]
  const acquisitionTime = Date.UTC(year, 0, day, hour, minute, second)
  const plausible = day >= 1 && hour < 24 && minute < 60 && second < 60
  if (!plausible || new Date(Date.UTC(year, 0, day)).getUTCFullYear() !== year) return null
  return {
    name,
    acquisitionTime,
    orbit: part(6),
    subOrbit: part(7),
    track: part(8),
    positioning: part(9),
    release: part(10),
    production: part(11),
    version: part(12),
  }
}

/** Order of granules: by name, character code by character code, whatever the locale. Newest version last. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
