import type { Metadata } from 'h5wasm/node'

export type NumericType =
  'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'uint64' | 'int64' | 'float32' | 'float64'

/** `other`: compound, enumeration, reference, opaque, half float and whatever else is neither number nor text. */
export type ElementType = NumericType | 'string' | 'other'

/** Typed array of each numeric element type. */
export interface NumericArrays {
  uint8: Uint8Array
  int8: Int8Array
  uint16: Uint16Array
  int16: Int16Array
  uint32: Uint32Array
  int32: Int32Array
  uint64: BigUint64Array
  int64: BigInt64Array
  float32: Float32Array
  float64: Float64Array
}

export type NumericArray = NumericArrays[NumericType]

const CONSTRUCTORS: { [T in NumericType]: new (buffer: ArrayBuffer) => NumericArrays[T] } = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  uint64: BigUint64Array,
  int64: BigInt64Array,
  float32: Float32Array,
  float64: Float64Array,
}

/** HDF5's own numbers of its type classes (H5T_class_t). */
const INTEGER_CLASS = 0
const FLOAT_CLASS = 1
const STRING_CLASS = 3

/** Element type that h5wasm's description of a dataset or attribute stands for; byte order does not matter. */
export function elementTypeOf(metadata: Metadata): ElementType {
  const bits = metadata.size * 8
  if (metadata.type === STRING_CLASS) return 'string'
  const name =
    metadata.type === INTEGER_CLASS
      ? `${metadata.signed ? 'int' : 'uint'}${bits}`
      : metadata.type === FLOAT_CLASS
        ? `float${bits}`
        : 'other'
  return isNumericType(name) ? name : 'other'
}

export function isNumericType(name: string): name is NumericType {
  return Object.hasOwn(CONSTRUCTORS, name)
}

/** The bytes of `buffer`, which are little-endian as the machine's own, seen as elements of a type. */
export function typedArray<T extends NumericType>(type: T, buffer: ArrayBuffer): NumericArrays[T] {
  return new CONSTRUCTORS[type](buffer)
}
