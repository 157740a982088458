import type { GranuleSummary } from './granule-summary'

/** An ingested granule: its Parquet file and what its sidecar says. */
export interface IngestedGranule {
  /** Path of the Parquet file. */
  parquet: string
  summary: GranuleSummary
}

/**
 * The newer granules whose range of shot numbers overlaps that of a granule: only these can hold newer versions of its
 * shots. As shot numbers begin with the orbit, that is the granules of one orbit.
 * @param granules sorted by name, newest last
 * @returns for each granule its newer ones
 */
export function newerOverlapping(
  granules: readonly IngestedGranule[],
): Map<IngestedGranule, IngestedGranule[]> {
  const ranges = granules.flatMap((granule, rank) => {
    const range = granule.summary.shotRange
    return range === null ? [] : [{ granule, rank, first: BigInt(range.first), last: BigInt(range.last) }]
  })
  ranges.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : a.rank - b.rank))
  const newer = new Map<IngestedGranule, IngestedGranule[]>(granules.map((granule) => [granule, []]))
  let open: typeof ranges = []
  for (const range of ranges) {
    open = open.filter(({ last }) => last >= range.first)
    for (const other of open) {
      const [older, younger] = other.rank < range.rank ? [other, range] : [range, other]
      newer.get(older.granule)?.push(younger.granule)
    }
    open.push(range)
  }
  return newer
}
