import type { WriteMetadata } from './write-metadata'
import { numericMetadata, variableStringMetadata } from './write-metadata'

/**
 * Values that attributes can have: texts become UTF-8 strings of variable length, whole numbers int64, others float64;
 * what must be float64 whatever its values comes as such an array.
 */
export type AttributeInput = string | number | bigint | readonly string[] | readonly number[] | Float64Array

export type AttributeLayout = { metadata: WriteMetadata } & (
  { texts: string[]; bytes: null } | { texts: null; bytes: Uint8Array }
)

/** How an attribute is handed to libhdf5. */
export function attributeLayout(value: AttributeInput): AttributeLayout {
  if (value instanceof Float64Array) {
    const extent = [BigInt(value.length)]
    const bytes = new Uint8Array(value.slice().buffer)
    return {
      texts: null,
      bytes,
      metadata: { ...numericMetadata('float64'), shape: extent, maxshape: extent },
    }
  }
  const extent = Array.isArray(value) ? [BigInt(value.length)] : []
  const values: readonly (string | number | bigint)[] = typeof value === 'object' ? value : [value]
  const texts = values.filter((entry) => typeof entry === 'string')
  if (texts.length > 0 || values.length === 0) {
    return { texts, bytes: null, metadata: { ...variableStringMetadata(), shape: extent, maxshape: extent } }
  }
  const whole = values.every((entry) => typeof entry === 'bigint' || Number.isSafeInteger(entry))
  const numbers = whole ? BigInt64Array.from(values, BigInt) : Float64Array.from(values, Number)
  const metadata = { ...numericMetadata(whole ? 'int64' : 'float64'), shape: extent, maxshape: extent }
  return { texts: null, bytes: new Uint8Array(numbers.buffer), metadata }
}
