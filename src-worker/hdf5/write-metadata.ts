import type { Hdf5Module } from './library'

/** Type and extent of a new dataset or attribute, in h5wasm's words. */
export type WriteMetadata = Parameters<Hdf5Module['create_attribute']>[4]

type TypeMetadata = Omit<WriteMetadata, 'shape' | 'maxshape'>

/** Type classes of libhdf5 (H5T_class_t) and character sets (H5T_cset_t). */
const INTEGER = 0
const FLOAT = 1
const STRING = 3
const ASCII = 0
const UTF_8 = 1

const NUMBERS = {
  uint8: { type: INTEGER, size: 1, signed: false },
  uint16: { type: INTEGER, size: 2, signed: false },
  int64: { type: INTEGER, size: 8, signed: true },
  float32: { type: FLOAT, size: 4, signed: true },
  float64: { type: FLOAT, size: 8, signed: true },
} as const

const BASE = { littleEndian: true, vlen: false, total_size: 0 }

export function numericMetadata(type: keyof typeof NUMBERS): TypeMetadata {
  return { ...BASE, ...NUMBERS[type] }
}

/** A fixed-length ASCII string; h5wasm makes it null-terminated. */
export function stringMetadata(length: number): TypeMetadata {
  return { ...BASE, type: STRING, size: length, signed: false, cset: ASCII }
}

export function variableStringMetadata(): TypeMetadata {
  return { ...BASE, type: STRING, size: 4, signed: false, cset: UTF_8, vlen: true }
}
