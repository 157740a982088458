import { patchMeasuredSchema, type PatchMeasured } from '../../src-shared/patches/patch-measure'
import { SUSPECT_RULE_NAMES, suspectHits, type SuspectHit } from '../../src-shared/patches/suspects'
import type { KnownFile } from './known-files'
import { nearestWithin } from './near-footprints'
import { BLOCK_ROWS } from './sample-block'
import type { SampleBlocks } from './sample-blocks'
import type { SampleMeasures } from './sample-measures'

/** What the rules need of all samples of a list beside their images. Positions count through all files. */
interface Footprints {
  of: string
  agbd: Float32Array
  nearest: Float32Array
  /** 1 where a small column is damaged. */
  damaged: Uint8Array
}

/** Judges the samples of lists by the rules for suspects. */
export class SuspectSamples {
  private last: Footprints | null = null

  constructor(
    private readonly blocks: SampleBlocks,
    private readonly measures: SampleMeasures,
  ) {}

  /**
   * Reads what the rules compare samples by; what was read for the last list is kept.
   * @throws FileFault when a file cannot be read; StudioError `cancelled`
   */
  async prepare(files: readonly KnownFile[], signal: AbortSignal): Promise<void> {
    const of = keyOf(files)
    if (this.last?.of === of) return
    const total = files.reduce((sum, { samples }) => sum + samples, 0)
    const shots = new BigUint64Array(total)
    const positions = new Float32Array(2 * total)
    const agbd = new Float32Array(total)
    const damaged = new Uint8Array(total)
    let start = 0
    for (const file of files) {
      const numbers = Array.from({ length: Math.ceil(file.samples / BLOCK_ROWS) }, (_, number) => number)
      await this.blocks.visit(file, numbers, signal, (block) => {
        shots.set(block.shotNumbers, start)
        positions.set(block.positions, 2 * start)
        agbd.set(block.agbd, start)
        damaged.fill(Number(block.damaged), start, start + block.count)
        start += block.count
      })
    }
    this.last = { of, agbd, damaged, nearest: nearestWithin(shots, positions) }
  }

  /** The rules that a sample meets; null while they cannot be told. `position` counts through all the files. */
  hits(files: readonly KnownFile[], position: number, file: KnownFile, row: number): SuspectHit[] | null {
    const measured = this.measures.of(file, row)
    const { last } = this
    if (measured === null || last?.of !== keyOf(files)) return null
    return suspectHits({
      ...measured,
      damaged: Math.max(measured.damaged, last.damaged[position]),
      agbd: last.agbd[position],
      nearest: last.nearest[position],
    })
  }

  /** How many samples meet each rule; null while that cannot be told. */
  counts(files: readonly KnownFile[]): PatchMeasured['counts'] {
    const counts = new Map(SUSPECT_RULE_NAMES.map((rule) => [rule, 0]))
    let position = 0
    for (const file of files) {
      for (let row = 0; row < file.samples; row++, position++) {
        const hits = this.hits(files, position, file, row)
        if (hits === null) return null
        for (const { rule } of hits) counts.set(rule, (counts.get(rule) ?? 0) + 1)
      }
    }
    return patchMeasuredSchema.shape.counts.parse(Object.fromEntries(counts))
  }
}

const keys = new WeakMap<readonly KnownFile[], string>()

/** One text for the same files in the same versions. */
function keyOf(files: readonly KnownFile[]): string {
  const known = keys.get(files) ?? JSON.stringify(files.map(({ file, version }) => [file, version]))
  keys.set(files, known)
  return known
}
