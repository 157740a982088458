/** All filters of footprints in the order in which they are asked; a shot counts for the first that it fails. */
export const FILTER_NAMES = [
  'l2-quality',
  'l4-quality',
  'surface',
  'agbd-missing',
  'agbd-positive',
  'relative-standard-error',
  'agbd-range',
  'dates',
  'beams',
  'sensitivity',
  'daylight',
  'degrade-flag',
  'bounding-box',
  'area',
] as const
export type FilterName = (typeof FILTER_NAMES)[number]

/**
 * What can keep a footprint out of both splits, in order: the filters, and last a year that is in neither split. The
 * place in this list is the bit of the filter in the mask of a footprint.
 */
export const EXPLORE_FILTERS = [...FILTER_NAMES, 'years'] as const
export type ExploreFilter = (typeof EXPLORE_FILTERS)[number]
