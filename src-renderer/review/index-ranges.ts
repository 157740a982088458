/** Places from first to last, both included. */
export interface IndexRange {
  first: number
  last: number
}

/** The range between two places, in whichever order they are given. */
export function rangeBetween(a: number, b: number): IndexRange {
  return { first: Math.min(a, b), last: Math.max(a, b) }
}

/** Whether a place lies in one of the ranges. */
export function isInside(ranges: readonly IndexRange[], index: number): boolean {
  return ranges.some(({ first, last }) => index >= first && index <= last)
}

/** How many places there are in ranges that do not overlap. */
export function placesIn(ranges: readonly IndexRange[]): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0)
}

/** The ranges with a place added, or taken out where it is in them; in ascending order, neighbours joined. */
export function toggled(ranges: readonly IndexRange[], index: number): IndexRange[] {
  if (isInside(ranges, index)) {
    return ranges.flatMap(({ first, last }) =>
      index < first || index > last
        ? [{ first, last }]
        : [
            { first, last: index - 1 },
            { first: index + 1, last },
          ].filter((part) => part.first <= part.last),
    )
  }
  const sorted = [...ranges, { first: index, last: index }].sort((a, b) => a.first - b.first)
  const joined: IndexRange[] = []
  for (const range of sorted) {
    const before = joined.at(-1)
    if (before !== undefined && before.last + 1 >= range.first)
      before.last = Math.max(before.last, range.last)
    else joined.push({ ...range })
  }
  return joined
}
