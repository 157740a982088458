import type { SampleType } from './layout'

/** Pixels of a block, row by row. */
export type Pixels =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

export const BYTES_PER_SAMPLE: Readonly<Record<SampleType, number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  float64: 8,
}

/** Bytes, in the machine's order, as pixels of a type; no copy is made. */
export function viewAs(type: SampleType, bytes: Uint8Array): Pixels {
  const { buffer, byteOffset, byteLength } = bytes
  const count = byteLength / BYTES_PER_SAMPLE[type]
  switch (type) {
    case 'uint8':
      return bytes
    case 'int8':
      return new Int8Array(buffer, byteOffset, count)
    case 'uint16':
      return new Uint16Array(buffer, byteOffset, count)
    case 'int16':
      return new Int16Array(buffer, byteOffset, count)
    case 'uint32':
      return new Uint32Array(buffer, byteOffset, count)
    case 'int32':
      return new Int32Array(buffer, byteOffset, count)
    case 'float32':
      return new Float32Array(buffer, byteOffset, count)
    case 'float64':
      return new Float64Array(buffer, byteOffset, count)
  }
}
