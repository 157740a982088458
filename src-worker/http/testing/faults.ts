import { createHash } from 'node:crypto'

/** `unavailable` 503, `throttled` 429 with Retry-After, `reset`, `truncated` body, `stalled` answer. */
export type FaultName = 'unavailable' | 'throttled' | 'reset' | 'truncated' | 'stalled'

export interface FaultOptions {
  seed: number
  /** Share of all answers that are faults, 0 to 1. */
  share: number
  /** All of them where left out. */
  kinds?: readonly FaultName[]
  /** Faults one after the other for one URL, at most; 2 where left out. */
  inRow?: number
  /** Milliseconds that a stalled answer comes late; 2500 where left out. */
  stallMs?: number
  /** Value of Retry-After, `1` (second) where left out. */
  retryAfter?: string
}

const ALL: readonly FaultName[] = ['unavailable', 'throttled', 'reset', 'truncated', 'stalled']

/** Decides which answers are faults: by seed, URL and how often it was asked for, whatever else goes on. */
export class Faults {
  readonly stallMs: number
  readonly retryAfter: string
  private readonly asked = new Map<string, { times: number; inRow: number }>()

  constructor(private readonly options: FaultOptions) {
    this.stallMs = options.stallMs ?? 2500
    this.retryAfter = options.retryAfter ?? '1'
  }

  /** The fault of the next answer for something, null for a good answer. */
  next(what: string): FaultName | null {
    const { seed, share, kinds = ALL, inRow = 2 } = this.options
    const state = this.asked.get(what) ?? { times: 0, inRow: 0 }
    this.asked.set(what, state)
    const digest = createHash('md5').update(`${seed} ${what} ${state.times++}`).digest()
    if (digest.readUInt32LE(0) / 2 ** 32 >= share || state.inRow >= inRow || kinds.length === 0) {
      state.inRow = 0
      return null
    }
    state.inRow++
    return kinds[digest.readUInt32LE(4) % kinds.length]
  }
}
