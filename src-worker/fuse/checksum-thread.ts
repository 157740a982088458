import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import code from './checksum-thread-code.mjs?raw'

const answerSchema = z.object({
  id: z.int(),
  checksums: z.instanceof(Uint32Array).nullable(),
  error: z.string().nullable(),
})

interface Waiting {
  resolve: (checksums: Uint32Array) => void
  reject: (error: Error) => void
}

/**
 * Makes CRC-32 of stored samples in a thread of its own, so that a fuse, which is all reading, writing and checking,
 * keeps two cores busy. Requests are answered in their order.
 */
export class ChecksumThread {
  private readonly worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`))
  private readonly waiting = new Map<number, Waiting>()
  private asked = 0

  constructor() {
    this.worker.on('message', (message) => this.take(answerSchema.parse(message)))
    this.worker.on('error', (error) => this.giveUp(error instanceof Error ? error : new Error(String(error))))
    this.worker.on('exit', () => this.giveUp(new Error('the thread that makes checksums has ended')))
  }

  /**
   * Checksums of pieces that lie behind one another in memory.
   * @param bytes in shared memory; to be left alone until the answer is there
   * @param sizes bytes of each piece
   */
  ofBytes(bytes: Uint8Array<SharedArrayBuffer>, sizes: Uint32Array): Promise<Uint32Array> {
    return this.ask({ bytes, descriptor: null, at: 0, sizes })
  }

  /** Checksums of pieces that lie behind one another in an open file, from `at` on. Rejects where it ends before. */
  ofFile(descriptor: number, at: number, sizes: Uint32Array): Promise<Uint32Array> {
    return this.ask({ bytes: null, descriptor, at, sizes })
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

  private take({ id, checksums, error }: z.infer<typeof answerSchema>): void {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    if (checksums !== null) waiting?.resolve(checksums)
    else waiting?.reject(new Error(error ?? 'no checksums'))
  }

  private giveUp(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
  }
}
