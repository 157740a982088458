import type { OptionalColumn } from '../footprints/shot-columns'
import { globLiteral } from '../footprints/table'
import { NEEDS } from './columns'

/** Combinations of the optional columns that filters can need, as sums of NEEDS. */
const COMBINATIONS = 8

/** Bits of some optional columns. */
export function needBits(columns: readonly OptionalColumn[]): number {
  return columns.reduce((bits, column) => bits | NEEDS[column], 0)
}

/** A granule that holds a version of some shots. */
export interface Version {
  parquet: string
  /** Bits of the columns that it lacks. */
  lacks: number
}

/**
 * SQL of a relation that says for each shot_number in which kinds of granules it is: bit L of `kinds` (UTINYINT) for a
 * granule that lacks the columns L.
 */
export function kindsOf(versions: readonly Version[]): string {
  const parts = versions.map(
    ({ parquet, lacks }) =>
      `SELECT shot_number, ${1 << lacks}::UTINYINT AS kind FROM read_parquet(${globLiteral(parquet)})`,
  )
  return `SELECT shot_number, bit_or(kind) AS kinds FROM (${parts.join(' UNION ALL ')}) GROUP BY shot_number`
}

/**
 * Under which needs a version of a shot is not the one that counts. Granules that lack a needed column are left out, and
 * of the others the newest counts; where none is left, the newest of all stands for the shot, and fails.
 * @param lacks bits of the columns that the version's own granule lacks
 * @param newer kinds of the granules with newer versions, see `kindsOf`
 * @param older kinds of those with older ones
 * @returns bit N is set when it does not count while filters need the columns N
 */
export function hiddenUnder(lacks: number, newer: number, older: number): number {
  let hidden = 0
  for (let needs = 0; needs < COMBINATIONS; needs++) {
    const usable = (lacks & needs) === 0
    const counts = usable ? !anyUsable(newer, needs) : newer === 0 && !anyUsable(older, needs)
    if (!counts) hidden |= 1 << needs
  }
  return hidden
}

function anyUsable(kinds: number, needs: number): boolean {
  for (let lacks = 0; lacks < COMBINATIONS; lacks++) {
    if ((kinds & (1 << lacks)) !== 0 && (lacks & needs) === 0) return true
  }
  return false
}
