import { elementTypeOf, isNumericType, typedArray, type NumericArray } from './element-type'
import { withHeap } from './heap'
import type { Hdf5Module } from './library'
import { decodeFixedStrings, decodePointers, STRING_PADDING } from './strings'

/** Scalars as they are (64-bit integers as bigint), everything with an extent as an array; null for an empty extent. */
export type AttributeValue = string | number | bigint | string[] | NumericArray | null

/** Reads an attribute that exists. `reason` says why it cannot be read, else it is null. */
export function readAttribute(
  module: Hdf5Module,
  id: bigint,
  path: string,
  name: string,
): { value: AttributeValue; reason: string | null } {
  const metadata = module.get_attribute_metadata(id, path, name)
  const { shape, size, total_size: total, vlen } = metadata
  const type = elementTypeOf(metadata)
  if (shape === null) return { value: null, reason: null }
  if (type === 'other') return { value: null, reason: 'is neither number nor text' }
  return withHeap(module, size * total, (pointer) => {
    module.HEAPU8.fill(0, pointer, pointer + size * total)
    if (module.get_attribute_data(id, path, name, BigInt(pointer)) < 0) {
      return { value: null, reason: 'cannot be read' }
    }
    const heap = module.HEAPU8
    const scalar = shape.length === 0
    if (isNumericType(type)) {
      const values = typedArray(type, heap.slice(pointer, pointer + size * total).buffer)
      return { value: scalar ? values[0] : values, reason: null }
    }
    if (!vlen) {
      const bytes = Buffer.from(heap.slice(pointer, pointer + size * total))
      const texts = decodeFixedStrings(bytes, size, metadata.strpad ?? STRING_PADDING.nullTerminated)
      return { value: scalar ? texts[0] : texts, reason: null }
    }
    const texts = decodePointers(heap, pointer, total)
    module.reclaim_vlen_memory(id, path, name, BigInt(pointer))
    return { value: scalar ? texts[0] : texts, reason: null }
  })
}
