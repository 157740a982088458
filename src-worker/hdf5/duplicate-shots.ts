import type { ProblemLog } from './problem-log'

/** Remembers the shot numbers of a file, to find those that occur more than once. 8 bytes a sample. */
export class ShotNumbers {
  private readonly numbers: BigInt64Array

  constructor(samples: number) {
    this.numbers = new BigInt64Array(samples)
  }

  set(sample: number, shot: bigint): void {
    this.numbers[sample] = shot
  }

  /** Reports each sample whose shot number an earlier sample has. Zeros, which are reported elsewhere, do not count. */
  reportDuplicates(log: ProblemLog): void {
    const sorted = this.numbers.slice().sort()
    const repeated = new Set(sorted.filter((shot, i) => i > 0 && shot !== 0n && shot === sorted[i - 1]))
    if (repeated.size === 0) return
    const firsts = new Map<bigint, number>()
    this.numbers.forEach((shot, sample) => {
      if (!repeated.has(shot)) return
      const first = firsts.get(shot)
      if (first === undefined) firsts.set(shot, sample)
      else
        log.addSample(
          'GEDI Shot Number',
          'unique',
          sample,
          `${shot} is also the shot number of sample ${first}`,
        )
    })
  }
}
