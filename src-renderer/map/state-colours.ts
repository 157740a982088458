/** Footprints that the filter keeps, where neither split nor value is shown. */
export const KEPT_COLOUR = '#1b9e8f'

/** Squares of the map in which most footprints are rejected, for whatever reason. */
export const REJECTED_COLOUR = '#5b3a86'
