/** Labels of the Sentinel-2 scene classification, by class value 0..11. */
export const SCL_LABELS = [
  'NO_DATA',
  'SATURATED_OR_DEFECTIVE',
  'CAST_SHADOWS',
  'CLOUD_SHADOWS',
  'VEGETATION',
  'NOT_VEGETATED',
  'WATER',
  'UNCLASSIFIED',
  'CLOUD_MEDIUM_PROBABILITY',
  'CLOUD_HIGH_PROBABILITY',
  'THIN_CIRRUS',
  'SNOW or ICE',
] as const

export const SCL_CLASS_COUNT = SCL_LABELS.length
