import type { GranuleInspection, GranuleRow } from '../../../src-shared/api/inspection'
import { counted } from '../../../src-shared/wording/counted'
import { formatBytes, formatDay } from '../../parts/format'

/** What is in the inputs, in a few words each. */
export function granuleTotals({ granules }: GranuleInspection): string[] {
  if (granules.length === 0) return []
  const days = granules.map(({ acquired }) => formatDay(acquired)).sort()
  const first = days[0] ?? ''
  const last = days.at(-1) ?? first
  const bytes = granules.reduce((sum, granule) => sum + granule.bytes, 0)
  return [
    counted(granules.length, 'granule'),
    first === last ? first : `${first} to ${last}`,
    formatBytes(bytes),
    shotsWords(granules),
  ]
}

function shotsWords(granules: readonly GranuleRow[]): string {
  const read = granules.filter(({ shots }) => shots !== null)
  const shots = read.reduce((sum, granule) => sum + (granule.shots ?? 0), 0)
  if (read.length === 0) return 'shots not counted yet'
  if (read.length === granules.length) return counted(shots, 'shot')
  return `${counted(shots, 'shot')} in the ${read.length} read so far`
}

/** Everything that cannot be used: files that are no granules, and granules that could not be read. */
export function allProblems({ granules, problems }: GranuleInspection): GranuleInspection['problems'] {
  return [...problems, ...granules.flatMap(({ problem }) => (problem === null ? [] : [problem]))]
}
