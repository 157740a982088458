import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import code from './image-thread-code.mjs?raw'
import type { ReadPlan } from './read-plan'

const answerSchema = z.object({
  id: z.int(),
  checksums: z.instanceof(Uint32Array).nullable(),
  fault: z.object({ part: z.int().nullable(), isShort: z.boolean(), message: z.string() }).nullable(),
})

/** A part that could not be read. */
export class PartReadError extends Error {
  constructor(
    readonly part: number,
    /** Whether it ends before what was to be read. */
    readonly isShort: boolean,
    message: string,
  ) {
    super(message)
  }
}

interface Waiting {
  resolve: (checksums: Uint32Array) => void
  reject: (error: Error) => void
}

/**
 * Reads stored image chunks and makes the CRC-32 of samples in a thread of its own, so that a fuse, which is all reading,
 * writing and checking, keeps two cores busy. Requests are answered in their order.
 */
export class ImageThread {
  private readonly worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`))
  private readonly waiting = new Map<number, Waiting>()
  private asked = 0

  constructor() {
    this.worker.on('message', (message) => this.take(answerSchema.parse(message)))
    this.worker.on('error', (error) => this.giveUp(error instanceof Error ? error : new Error(String(error))))
    this.worker.on('exit', () => this.giveUp(new Error('the thread that reads images has ended')))
  }

  /** Says which files the numbers of parts mean. */
  useParts(paths: readonly string[]): void {
    this.worker.postMessage({ id: this.asked++, kind: 'parts', paths })
  }

  /**
   * Carries out a plan.
   * @param target in shared memory; to be left alone until the answer is there
   * @returns the checksums of its samples; none, unless they are asked for
   * @throws PartReadError
   */
  copy(plan: ReadPlan, target: Uint8Array<SharedArrayBuffer>, withChecksums: boolean): Promise<Uint32Array> {
    return this.ask({ kind: 'copy', target, withChecksums, ...plan })
  }

  /** Checksums of pieces that lie behind one another in an open file, from `at` on. Rejects where it ends before. */
  ofFile(descriptor: number, at: number, sizes: Uint32Array): Promise<Uint32Array> {
    return this.ask({ kind: 'file', descriptor, at, sizes })
  }

  /** Ends the thread. Who still waits for an answer gets an error. */
  async close(): Promise<void> {
    await this.worker.terminate()
  }

  private ask(request: object): Promise<Uint32Array> {
    const id = this.asked++
    const answer = new Promise<Uint32Array>((resolve, reject) => this.waiting.set(id, { resolve, reject }))
    // Whoever asked may be busy with another error when this one comes.
    answer.catch(() => undefined)
    this.worker.postMessage({ id, ...request })
    return answer
  }

  private take({ id, checksums, fault }: z.infer<typeof answerSchema>): void {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    if (checksums !== null) waiting?.resolve(checksums)
    else if (fault !== null && fault.part !== null)
      waiting?.reject(new PartReadError(fault.part, fault.isShort, fault.message))
    else waiting?.reject(new Error(fault?.message ?? 'no checksums'))
  }

  private giveUp(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
  }
}
