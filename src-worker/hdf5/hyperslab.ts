/** A block of a dataset: first element and number of elements along each axis. */
export interface Range {
  start: readonly number[]
  count: readonly number[]
}

/**
 * Cuts a block along its first axis into parts of at most about `bytes`, on chunk borders, so that no chunk is
 * decompressed twice. A row of chunks that is larger than that stays whole.
 * @param rowBytes bytes of one step along the first axis
 * @param chunkRows rows of a chunk along the first axis; 1 where there are no chunks
 */
export function* splitRows(
  start: number,
  count: number,
  rowBytes: number,
  chunkRows: number,
  bytes: number,
): Generator<{ start: number; count: number }> {
  const end = start + count
  const rows = Math.max(1, Math.floor(bytes / Math.max(rowBytes, 1)))
  const step = Math.max(chunkRows, Math.floor(rows / chunkRows) * chunkRows)
  for (let from = start; from < end;) {
    const border = (Math.floor(from / step) + 1) * step
    const to = Math.min(end, border)
    yield { start: from, count: to - from }
    from = to
  }
}

/** Says why a range does not fit a dataset of this shape; null when it does. */
export function rangeFault(range: Range, shape: readonly number[]): string | null {
  const { start, count } = range
  if (start.length !== shape.length || count.length !== shape.length) {
    return `a range of ${start.length} dimensions was asked of a dataset that has ${shape.length}`
  }
  const outside = shape.findIndex((edge, axis) => !isWithin(start[axis], count[axis], edge))
  if (outside < 0) return null
  const asked = `${start[outside]} to ${start[outside] + count[outside]}`
  return `elements ${asked} were asked of dimension ${outside}, which has ${shape[outside]}`
}

function isWithin(start: number, count: number, edge: number): boolean {
  return (
    Number.isInteger(start) && Number.isInteger(count) && start >= 0 && count >= 0 && start + count <= edge
  )
}

/** Number of elements of a shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, edge) => product * edge, 1)
}

/** Rows [start, start + count) along all other axes, `perRow` elements each. */
export interface WholeRows {
  start: number
  count: number
  perRow: number
}

/** The rows of a range that goes over all other axes, or of the whole dataset; null of other and of empty ranges. */
export function wholeRows(shape: readonly number[], range?: Range): WholeRows | null {
  const { start, count } = range ?? { start: shape.map(() => 0), count: shape }
  const elements = elementCount(count)
  if (
    shape.length === 0 ||
    elements === 0 ||
    rangeFault({ start: [...start], count: [...count] }, shape) !== null
  )
    return null
  if (shape.slice(1).some((edge, axis) => count[axis + 1] !== edge)) return null
  return { start: start[0], count: count[0], perRow: elements / count[0] }
}
