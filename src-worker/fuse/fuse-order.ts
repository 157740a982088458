import { StudioError } from '../../src-shared/errors/studio-error'
import type { SampleChecksums } from '../hdf5/sample-checksums'

/** A batch file with the place that each of its samples has in the whole. */
export interface FusePart {
  path: string
  /** Subset row of sample i of the file. */
  indices: readonly number[]
  /** Those that were made when the file was written; null where nobody made any. */
  checksums: SampleChecksums | null
}

/** Beyond any subset; keeps a damaged index from asking for the memory of the whole machine. */
const LARGEST_INDEX = 500_000_000
const FREE = 0xffff_ffff

/**
 * Puts the samples of all parts in ascending order of their indices, by one pass over a table of all indices.
 * @returns for each part the place in the result of each of its rows
 * @throws StudioError `dataset-invalid` when an index is used twice, or is no row number
 */
export function subsetOrder(parts: readonly Pick<FusePart, 'path' | 'indices'>[]): Uint32Array[] {
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
    ranks[part][rowOfIndex[index]] = rank
    rank += 1
  })
  return ranks
}

function largestIndex(parts: readonly Pick<FusePart, 'path' | 'indices'>[]): number {
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
