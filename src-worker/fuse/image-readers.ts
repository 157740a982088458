import type { ImagePlaces } from '../hdf5/stored-samples'
import { unfit } from './fuse-order'
import { ImageThread, PartReadError } from './image-thread'
import { planReads, type ReadPlan } from './read-plan'

/** More would wait for the disk or for memory. */
const THREADS = 2

/** Reads the images of a fuse in some threads: those of the parts, and those of the result again. */
export class ImageReaders {
  private readonly threads = Array.from({ length: THREADS }, () => new ImageThread())
  private paths: readonly string[] = []
  private turn = 0

  /** Says which files the numbers of parts mean. */
  useParts(paths: readonly string[]): void {
    this.paths = paths
    for (const thread of this.threads) thread.useParts(paths)
  }

  /** How a block of samples is read; @see planReads */
  plan(parts: Uint32Array, places: ImagePlaces): readonly ReadPlan[] {
    return planReads(parts, places, this.threads.length)
  }

  /**
   * Reads a block of samples.
   * @param target in shared memory; to be left alone until the answer is there
   * @returns the checksum of each sample; null unless they are asked for
   * @throws StudioError `dataset-invalid` where a part cannot be read
   */
  async read(
    plans: readonly ReadPlan[],
    target: Uint8Array<SharedArrayBuffer>,
    withChecksums: boolean,
  ): Promise<Uint32Array | null> {
    const asked = plans.map((plan, i) => this.threads[i].copy(plan, target, withChecksums))
    // All of them, so that no thread writes into the target any more when one fails.
    const answers = await Promise.allSettled(asked)
    const checksums = new Uint32Array(plans.reduce((sum, { samples }) => sum + samples.length, 0))
    for (const [k, answer] of answers.entries()) {
      if (answer.status === 'rejected') throw this.faultOf(answer.reason)
      if (withChecksums) plans[k].samples.forEach((sample, i) => (checksums[sample] = answer.value[i]))
    }
    return withChecksums ? checksums : null
  }

  /** Checksums of pieces that lie behind one another in an open file, from `at` on. Rejects where it ends before. */
  ofFile(descriptor: number, at: number, sizes: Uint32Array): Promise<Uint32Array> {
    this.turn = (this.turn + 1) % this.threads.length
    return this.threads[this.turn].ofFile(descriptor, at, sizes)
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()))
  }

  private faultOf(error: unknown): unknown {
    if (!(error instanceof PartReadError)) return error
    const what = error.isShort ? 'The batch file has become shorter.' : 'The batch file cannot be read.'
    return unfit(this.paths[error.part], what, error)
  }
}
