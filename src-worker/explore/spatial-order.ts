const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS

/**
 * The order of rows by ascending key; rows of equal keys keep their order. Radix sort: 5 million keys in a third of a
 * second, where a comparing sort takes several.
 * @returns for each place the row that belongs there
 */
export function orderByKey(keys: Uint32Array): Uint32Array {
  const rows = keys.length
  let order = new Uint32Array(rows)
  for (let row = 0; row < rows; row++) order[row] = row
  let target = new Uint32Array(rows)
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const places = digitStarts(keys, shift)
    for (let place = 0; place < rows; place++) {
      const row = order[place]
      target[places[(keys[row] >>> shift) & (DIGITS - 1)]++] = row
    }
    ;[order, target] = [target, order]
  }
  return order
}

/** For each value of a digit, how many keys have a smaller one. */
function digitStarts(keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(DIGITS)
  for (const key of keys) starts[(key >>> shift) & (DIGITS - 1)]++
  let sum = 0
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = starts[digit]
    starts[digit] = sum
    sum += count
  }
  return starts
}

type Column = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array | BigUint64Array

/** Puts columns into an order of rows, in place; one buffer serves all of them, so that memory is needed only once. */
export class Reordering {
  private readonly before: Uint32Array

  constructor(private readonly order: Uint32Array) {
    this.before = new Uint32Array(order.length * 2)
  }

  /** Orders the first rows of a column, as many as the order has; what lies behind them is left. */
  apply({ buffer, byteOffset, BYTES_PER_ELEMENT: size }: Column): void {
    const { order } = this
    const rows = order.length
    // By bits, whatever they mean: 64-bit integers need not become bigints on the way.
    switch (size) {
      case 1:
        gather(new Uint8Array(buffer, byteOffset, rows), new Uint8Array(this.before.buffer, 0, rows), order)
        return
      case 2:
        gather(new Uint16Array(buffer, byteOffset, rows), new Uint16Array(this.before.buffer, 0, rows), order)
        return
      case 4:
        gather(new Uint32Array(buffer, byteOffset, rows), this.before.subarray(0, rows), order)
        return
      default:
        gatherPairs(new Uint32Array(buffer, byteOffset, 2 * rows), this.before, order)
    }
  }
}

function gather<Values extends Uint8Array | Uint16Array | Uint32Array>(
  values: Values,
  before: Values,
  order: Uint32Array,
): void {
  const rows = order.length
  before.set(values)
  for (let place = 0; place < rows; place++) values[place] = before[order[place]]
}

function gatherPairs(values: Uint32Array, before: Uint32Array, order: Uint32Array): void {
  const rows = order.length
  before.set(values)
  for (let place = 0; place < rows; place++) {
    const row = order[place]
    values[2 * place] = before[2 * row]
    values[2 * place + 1] = before[2 * row + 1]
  }
}

/** The first of ascending keys that is at least `key`; their number where none is. */
export function firstAtLeast(keys: Uint32Array, key: number): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keys[middle] < key) low = middle + 1
    else high = middle
  }
  return low
}
