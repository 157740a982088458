import type { RejectionReason } from './rejection'

/** Names of the reasons for narrow places: legends, funnels, tables. REJECTION_REASONS says what each one means. */
export const REASON_LABELS: Readonly<Record<RejectionReason, string>> = {
  'no-scene': 'No scene',
  'scl-footprint': 'Other ground',
  'scl-cloud': 'Clouds',
  'scl-shadow': 'Shadow',
  'scl-snow': 'Snow or ice',
  'scl-water': 'Water',
  'scl-invalid': 'Invalid pixels',
  'dem-missing': 'No terrain',
  slope: 'Too steep',
  'landcover-missing': 'No land cover',
}
