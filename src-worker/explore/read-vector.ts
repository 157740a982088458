import {
  DuckDBDoubleVector,
  DuckDBFloatVector,
  DuckDBUBigIntVector,
  DuckDBUIntegerVector,
  DuckDBUTinyIntVector,
  type DuckDBDataChunk,
} from '@duckdb/node-api'
import { StudioError } from '../../src-shared/errors/studio-error'

/** An array that takes the values of a column of a query. */
export type Target = Float64Array | Float32Array | BigUint64Array | Uint32Array | Uint16Array | Uint8Array

/**
 * Copies a column of a chunk into an array, from element `at` on: DOUBLE, FLOAT, UBIGINT, UINTEGER and UTINYINT into
 * arrays that hold such values. Null leaves the element as it is. One loop for each type: a third of the time that a
 * common one takes.
 * @throws StudioError `internal` when the column is of another type than the array holds
 */
export function readVector(chunk: DuckDBDataChunk, column: number, target: Target, at: number): void {
  const vector = chunk.getColumnVector(column)
  if (target instanceof BigUint64Array) {
    if (!(vector instanceof DuckDBUBigIntVector)) throw otherType(vector)
    for (let row = 0; row < vector.itemCount; row++)
      target[at + row] = vector.getItem(row) ?? target[at + row]
  } else if (vector instanceof DuckDBFloatVector) {
    for (let row = 0; row < vector.itemCount; row++)
      target[at + row] = vector.getItem(row) ?? target[at + row]
  } else if (vector instanceof DuckDBDoubleVector) {
    for (let row = 0; row < vector.itemCount; row++)
      target[at + row] = vector.getItem(row) ?? target[at + row]
  } else if (vector instanceof DuckDBUTinyIntVector) {
    for (let row = 0; row < vector.itemCount; row++)
      target[at + row] = vector.getItem(row) ?? target[at + row]
  } else if (vector instanceof DuckDBUIntegerVector) {
    for (let row = 0; row < vector.itemCount; row++)
      target[at + row] = vector.getItem(row) ?? target[at + row]
  } else {
    throw otherType(vector)
  }
}

function otherType(vector: { type: { toString(): string } }): StudioError {
  return new StudioError('internal', `A column came as ${vector.type.toString()}.`, {
    hint: 'This is a fault of the program; please report it with the log.',
  })
}
