import { SCL_LABELS } from '../../src-shared/dataset/scl'
import { WORLDCOVER_LABELS } from '../../src-shared/dataset/worldcover'

/** `CLOUD_SHADOWS` as people write it: "Cloud shadows". */
export function sclName(label: string): string {
  const words = label.replaceAll('_', ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Name of a class of a layer; its number where it has none. */
export function className(layer: 'scl' | 'landCover', value: number): string {
  if (layer === 'landCover') return WORLDCOVER_LABELS.get(value) ?? `Class ${value}`
  return value in SCL_LABELS ? sclName(SCL_LABELS[value]) : `Class ${value}`
}
