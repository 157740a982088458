import { StudioError } from '../../src-shared/errors/studio-error'
import type { SampleChecksums } from '../hdf5/sample-checksums'

/** A batch file with the place that each of its samples has in the whole. */
export interface FusePart {
  path: string
  /** Subset row of sample i of the file. */
  indices: readonly number[]
  /** Those that were made when the file was written; null where nobody made any. */
  checksums: SampleChecksums | null
  /** Rows of the file that stay out of the whole. */
  leaveOut?: ReadonlySet<number>
}

/** Beyond any subset; keeps a damaged index from asking for the memory of the whole machine. */
const LARGEST_INDEX = 500_000_000
const FREE = 0xffff_ffff
/** The place of a sample that is left out. */
export const LEFT_OUT = 0xffff_ffff

type OrderedPart = Pick<FusePart, 'path' | 'indices' | 'leaveOut'>

/**
 * Puts the samples of all parts in ascending order of their indices, by one pass over a table of all indices.
 * @returns for each part the place in the result of each of its rows, LEFT_OUT for those that are left out
 * @throws StudioError `dataset-invalid` when an index is used twice, or is no row number
 */
export function subsetOrder(parts: readonly OrderedPart[]): Uint32Array[] {
  const partOfIndex = new Uint32Array(largestIndex(parts) + 1).fill(FREE)
  const rowOfIndex = new Uint32Array(partOfIndex.length)
  parts.forEach(({ path, indices }, part) => {
    indices.forEach((index, row) => {
      const other = partOfIndex[index]
      if (other !== FREE) throw duplicate(path, index, parts[other].path)
      partOfIndex[index] = part
      rowOfIndex[index] = row
    })
  })
  const ranks = parts.map((part) => new Uint32Array(part.indices.length))
  let rank = 0
  partOfIndex.forEach((part, index) => {
    if (part === FREE) return
    const row = rowOfIndex[index]
    const goesIn = parts[part].leaveOut?.has(row) !== true
    ranks[part][row] = goesIn ? rank : LEFT_OUT
    if (goesIn) rank += 1
  })
  return ranks
}

/** How many samples go in. */
export function countRanked(ranks: readonly Uint32Array[]): number {
  let count = 0
  for (const ofPart of ranks) for (const rank of ofPart) if (rank !== LEFT_OUT) count += 1
  return count
}

function largestIndex(parts: readonly OrderedPart[]): number {
  let largest = -1
  for (const { path, indices } of parts) {
    for (const index of indices) {
      if (!Number.isInteger(index) || index < 0 || index > LARGEST_INDEX) {
        throw unfit(path, `The batch file has a sample with the index ${index}, which is no row of a subset.`)
      }
      if (index > largest) largest = index
    }
  }
  return largest
}

function duplicate(path: string, index: number, other: string): StudioError {
  const where = other === path ? 'twice in the batch file' : `in the batch file and in ${other}`
  return unfit(path, `The sample of subset row ${index} is ${where}.`)
}

/** The error for a batch file that cannot be fused. */
export function unfit(path: string, message: string, cause?: unknown): StudioError {
  return new StudioError('dataset-invalid', message, {
    file: path,
    hint: 'Delete the batch file and its record, and run again; it is then cut anew.',
    ...(cause === undefined ? {} : { cause }),
  })
}
