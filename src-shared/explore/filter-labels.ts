import type { ExploreFilter } from './filter-names'

/** Names of the filters as the window shows them. */
export const FILTER_LABELS: Readonly<Record<ExploreFilter, string>> = {
  'l2-quality': 'L2 quality flag',
  'l4-quality': 'L4 quality flag',
  surface: 'Surface flag',
  'agbd-missing': 'AGBD missing',
  'agbd-positive': 'AGBD above zero',
  'relative-standard-error': 'Relative standard error',
  'agbd-range': 'AGBD',
  dates: 'Dates',
  beams: 'Beams',
  sensitivity: 'Sensitivity',
  daylight: 'Day or night',
  'degrade-flag': 'Degrade flag',
  'bounding-box': 'Bounding box',
  area: 'Area',
  years: 'Years',
}
