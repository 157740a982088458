import type { Split } from '../../src-shared/footprint/footprint'
import type { RejectionReason } from '../../src-shared/footprint/rejection'

/** Two colours of Okabe and Ito (2008), told apart by everybody; the same as in the figures. */
export const SPLIT_COLOURS: Readonly<Record<Split, string>> = { train: '#0072b2', test: '#d55e00' }

/** What the filter drops. */
export const DROPPED_COLOUR = '#8b939b'

/** One colour a reason, the same in funnel, map and table. */
export const REASON_COLOURS: Readonly<Record<RejectionReason, string>> = {
  'no-scene': '#7f7f7f',
  'scl-footprint': '#b07aa1',
  'scl-cloud': '#76a5d8',
  'scl-shadow': '#4b5a78',
  'scl-snow': '#53c5c9',
  'scl-water': '#2f6fb7',
  'scl-invalid': '#c05780',
  'dem-missing': '#a1785c',
  slope: '#e0a022',
  'landcover-missing': '#8fb339',
}

/** Samples that are cut, and footprints that something could not be read for. */
export const DONE_COLOUR = '#1a9850'
/** Samples that people exclude. */
export const EXCLUDED_COLOUR = '#b5489a'
export const WAITING_COLOUR = '#a7b0b8'
export const FAILED_COLOUR = '#c4312a'
