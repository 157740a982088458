import type { BoundingBox } from '../../../src-shared/settings/field'

/** The sides of a box in the order of the setting, with the largest degrees they can have. */
export const SIDES = [
  { label: 'West', most: 180 },
  { label: 'South', most: 90 },
  { label: 'East', most: 180 },
  { label: 'North', most: 90 },
] as const

/** What is typed into the four fields, in the order of SIDES. */
export type BoxText = readonly [string, string, string, string]

export function textOfBox(box: BoundingBox | null): BoxText {
  return box === null ? ['', '', '', ''] : [String(box[0]), String(box[1]), String(box[2]), String(box[3])]
}

/** What the fields say: a box, none (all empty), or what is wrong with one of them; null while some are still empty. */
export function boxOfText(
  text: BoxText,
): { box: BoundingBox | null } | { problem: string; side: number } | null {
  const trimmed = text.map((field) => field.trim().replace(',', '.'))
  if (trimmed.every((field) => field === '')) return { box: null }
  const values = trimmed.map(Number)
  const wrong = values.findIndex(
    (value, side) => trimmed[side] !== '' && !(Math.abs(value) <= SIDES[side].most),
  )
  if (wrong >= 0) return { problem: `From −${SIDES[wrong].most} to ${SIDES[wrong].most}`, side: wrong }
  if (trimmed.includes('')) return null
  const [west, south, east, north] = values
  if (south >= north) return { problem: 'Must lie above south', side: 3 }
  return { box: [west, south, east, north] }
}
