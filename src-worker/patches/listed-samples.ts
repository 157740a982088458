import type { PatchSample } from '../../src-shared/patches/patch-list'
import { readCentreTerrain } from './centre-terrain'
import { finiteNumber } from './finite-number'
import type { KnownFile } from './known-files'
import { BLOCK_ROWS, sampleOf } from './sample-block'
import type { SampleBlocks } from './sample-blocks'

/**
 * The samples at these positions, in that order; positions count through all files, one after the other.
 * @throws FileFault when a file cannot be read; StudioError `cancelled`
 */
export async function samplesAt(
  blocks: SampleBlocks,
  files: readonly KnownFile[],
  positions: Uint32Array,
  signal: AbortSignal,
): Promise<PatchSample[]> {
  const samples = new Array<PatchSample>(positions.length)
  const wanted = files.map((): WantedRow[] => [])
  const starts = startsOf(files)
  for (const [place, position] of positions.entries()) {
    const k = fileAt(starts, position)
    wanted[k].push({ row: position - starts[k], place })
  }
  for (const [k, rows] of wanted.entries()) {
    if (rows.length > 0) await fill(blocks, files[k], rows, samples, signal)
  }
  return samples
}

/**
 * The last `count` samples of a file, its last one first.
 * @throws FileFault when the file cannot be read; StudioError `cancelled`
 */
export async function lastSamples(
  blocks: SampleBlocks,
  file: KnownFile,
  count: number,
  signal: AbortSignal,
): Promise<PatchSample[]> {
  const positions = Uint32Array.from({ length: count }, (_, k) => file.samples - 1 - k)
  return samplesAt(blocks, [file], positions, signal)
}

/** A row of a file, and its place in the answer. */
interface WantedRow {
  row: number
  place: number
}

/** Puts samples of one file into their places. */
async function fill(
  blocks: SampleBlocks,
  file: KnownFile,
  rows: readonly WantedRow[],
  samples: PatchSample[],
  signal: AbortSignal,
): Promise<void> {
  const byBlock = new Map<number, WantedRow[]>()
  for (const wanted of rows) {
    const number = Math.floor(wanted.row / BLOCK_ROWS)
    const others = byBlock.get(number)
    if (others === undefined) byBlock.set(number, [wanted])
    else others.push(wanted)
  }
  await blocks.visit(file, byBlock.keys(), signal, (block, number, open) => {
    for (const { row, place } of byBlock.get(number) ?? []) {
      const [{ altitude, slope }] = readCentreTerrain(open, row, 1)
      samples[place] = {
        file: file.file,
        row,
        ...sampleOf(block, row % BLOCK_ROWS),
        altitude: finiteNumber(altitude),
        slope: finiteNumber(slope),
        landCover: null,
        suspects: null,
      }
    }
  })
}

/** Position of a sample in all files, one after the other; null where it is in none of them. */
export function positionOf(
  files: readonly KnownFile[],
  { file, row }: Pick<PatchSample, 'file' | 'row'>,
): number | null {
  const k = files.findIndex((known) => known.file === file)
  return k === -1 || row >= files[k].samples ? null : startsOf(files)[k] + row
}

/** Position of the first sample of each file. */
function startsOf(files: readonly KnownFile[]): number[] {
  let end = 0
  return files.map(({ samples }) => {
    end += samples
    return end - samples
  })
}

/** The last file that starts at or before a position. */
function fileAt(starts: readonly number[], position: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (starts[middle] <= position) low = middle
    else high = middle - 1
  }
  return low
}
