import { FILTER_LABELS } from '../../src-shared/explore/filter-labels'
import type { ExploreRecord } from '../../src-shared/explore/record'
import { REJECTION_REASONS } from '../../src-shared/footprint/rejection'
import { formatCount, formatNumber } from '../parts/format'

/** One line of a record: its name and value. */
export interface Fact {
  name: string
  value: string
}

const UNKNOWN = 'not known'

/**
 * The record of a footprint as lines to read; the shot number is not among them, it is the title.
 * @param splitByYear whether its split is that of the year, and not the one that the tables get
 */
export function footprintFacts(record: ExploreRecord, splitByYear = false): Fact[] {
  return [
    { name: 'State', value: stateWords(record, splitByYear) },
    { name: 'AGBD', value: measured(record.agbd, 'Mg/ha') },
    { name: 'Standard error', value: measured(record.agbdSe, 'Mg/ha') },
    { name: 'Relative standard error', value: measured(record.relativeStandardError, '') },
    { name: 'Position', value: `${latitude(record.lat)}, ${longitude(record.lon)}` },
    { name: 'Acquired', value: `${record.time.slice(0, 10)} ${record.time.slice(11, 19)} UTC` },
    { name: 'Beam', value: record.beam ?? UNKNOWN },
    { name: 'Sensitivity', value: measured(record.sensitivity, '') },
    { name: 'Solar elevation', value: measured(record.solarElevation, '°') },
    { name: 'Quality L2, L4', value: `${record.l2Quality}, ${record.l4Quality}` },
    { name: 'Surface flag', value: String(record.surface) },
    { name: 'Degrade flag', value: record.degradeFlag === null ? UNKNOWN : String(record.degradeFlag) },
    ...(record.subsetRow === null
      ? []
      : [{ name: 'Row in the subset', value: formatCount(record.subsetRow) }]),
    { name: 'Granule', value: record.granule },
  ]
}

/** What the filter or the run made of it, with the reason. */
function stateWords({ state, split, fails, reason }: ExploreRecord, splitByYear: boolean): string {
  switch (state) {
    case 'kept':
      return split === null ? 'Kept' : `Kept, ${split}${splitByYear ? ' by year' : ''}`
    case 'dropped':
      return `Dropped: ${fails.map((filter) => FILTER_LABELS[filter]).join(', ')}`
    case 'waiting':
      return `Waiting, ${split ?? 'no split'}`
    case 'done':
      return `Cut, ${split ?? 'no split'}`
    case 'failed':
      return 'Failed: its imagery could not be read'
    case 'rejected':
      return reason === null ? 'Rejected' : `Rejected: ${REJECTION_REASONS[reason]}`
  }
}

function measured(value: number | null, unit: string): string {
  if (value === null) return UNKNOWN
  const separator = unit === '' || unit === '°' ? '' : ' '
  return `${formatNumber(value, 4)}${separator}${unit}`
}

function latitude(degrees: number): string {
  return `${Math.abs(degrees).toFixed(5)}° ${degrees < 0 ? 'S' : 'N'}`
}

function longitude(degrees: number): string {
  return `${Math.abs(degrees).toFixed(5)}° ${degrees < 0 ? 'W' : 'E'}`
}
