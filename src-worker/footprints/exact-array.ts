import type { NumericArray } from '../hdf5/element-type'
import type { ShotType } from './shot-columns'

export type ShotArray = Float32Array | Float64Array | BigUint64Array | Uint8Array

/**
 * The values as an array of a column's type, the same array where it has that type already; null when a value would
 * change. Granules that others cut or rewrote sometimes have columns of a wider type.
 */
export function exactArray(values: NumericArray, type: ShotType): ShotArray | null {
  switch (type) {
    case 'float32':
      return values instanceof Float32Array ? values : unchanged(values, (from) => Float32Array.from(from))
    case 'float64':
      return values instanceof Float64Array ? values : unchanged(values, (from) => Float64Array.from(from))
    case 'uint8':
      return values instanceof Uint8Array ? values : unchanged(values, (from) => Uint8Array.from(from))
    case 'uint64':
      return values instanceof BigUint64Array ? values : toUint64(values)
  }
}

function unchanged(values: NumericArray, convert: (from: ArrayLike<number>) => ShotArray): ShotArray | null {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return null
  const target = convert(values)
  return values.every((value: number, index: number) => Object.is(value, target[index])) ? target : null
}

/** Only from 64-bit integers: shot numbers in any narrower type or in floats have lost digits already. */
function toUint64(values: NumericArray): BigUint64Array | null {
  if (!(values instanceof BigInt64Array)) return null
  return values.every((value) => value >= 0n) ? BigUint64Array.from(values) : null
}
