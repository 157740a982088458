/**
 * Positions of the keys in their order; of equal keys the first comes first, and NaN comes last either way.
 * @param keys numbers to order by
 */
export function sortedPositions(keys: Float64Array, descending: boolean): Uint32Array {
  const positions = Uint32Array.from(keys, (_, position) => position)
  const sign = descending ? -1 : 1
  return positions.sort((a, b) => compare(keys[a], keys[b], sign) || a - b)
}

function compare(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a < b ? -sign : a > b ? sign : 0
}
