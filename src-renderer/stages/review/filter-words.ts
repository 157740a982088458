import {
  RANGE_FILTER_NAMES,
  RANGE_FILTERS,
  REVIEW_CHOICES,
  type FilterRange,
  type PatchFilters,
  type RangeFilter,
} from '../../../src-shared/patches/patch-filters'
import { SUSPECT_RULES } from '../../../src-shared/patches/suspects'
import { className } from '../../patches/class-names'

/** An active filter, said in words, and what takes it away. */
export interface ActiveFilter {
  label: string
  without: { [Name in keyof PatchFilters]?: undefined }
}

/** The filters that leave samples out. */
export function activeSampleFilters(filters: PatchFilters): ActiveFilter[] {
  const { landCover, product, sceneDate, suspects, review } = filters
  const ranges = RANGE_FILTER_NAMES.flatMap((name) => {
    const range = filters[name]
    return range === undefined ? [] : [{ label: rangeWords(name, range), without: { [name]: undefined } }]
  })
  return [
    ...ranges,
    ...(landCover === undefined
      ? []
      : [
          {
            label: landCover.map((value) => className('landCover', value)).join(' or '),
            without: { landCover: undefined },
          },
        ]),
    ...(product === undefined
      ? []
      : [{ label: `Product with "${product}"`, without: { product: undefined } }]),
    ...(sceneDate === undefined ? [] : [{ label: daysWords(sceneDate), without: { sceneDate: undefined } }]),
    ...(review === undefined
      ? []
      : [{ label: `Review: ${REVIEW_CHOICES[review].toLowerCase()}`, without: { review: undefined } }]),
    ...(suspects === undefined
      ? []
      : [
          {
            label: suspects.map((rule) => SUSPECT_RULES[rule].label).join(' or '),
            without: { suspects: undefined },
          },
        ]),
  ]
}

/** "Cloud 5 to 20 % of pixels", "Slope at most 30". */
function rangeWords(name: RangeFilter, { low, high }: FilterRange): string {
  const { label, unit, scale } = RANGE_FILTERS[name]
  const [from, to] = [low, high].map((value) => (value === null ? null : shown(value * scale)))
  const between =
    from === null ? `at most ${to ?? ''}` : to === null ? `at least ${from}` : `${from} to ${to}`
  return name === 'slope' ? `${label} ${between}` : `${label} ${between} ${unit}`
}

function daysWords({ from, to }: NonNullable<PatchFilters['sceneDate']>): string {
  if (from === null) return `Scene until ${to ?? ''}`
  return to === null ? `Scene from ${from}` : `Scene ${from} to ${to}`
}

/** A number as people typed it: without what the computer's fractions add. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(12)))
}
