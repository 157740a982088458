/** Milliseconds after a change of the project until its stages are looked at again. */
const DELAY_MS = 100

/** When the files of a project are looked at: at once or soon, never twice at the same time. */
export class SurveySchedule {
  private looking: Promise<void> | null = null
  private again = false
  private timer: NodeJS.Timeout | null = null
  /** When the timer goes off, and when was last looked; of performance.now(). */
  private due = 0
  private looked = -Infinity
  private isClosed = false

  constructor(private readonly look: () => Promise<void>) {}

  /** Looks; where that is being done already, once more afterwards. */
  async now(): Promise<void> {
    if (this.looking !== null) {
      this.again = true
      await this.looking
      return
    }
    this.looked = performance.now()
    this.looking = this.look()
    try {
      await this.looking
    } finally {
      this.looking = null
    }
    if (!this.again || this.isClosed) return
    this.again = false
    await this.now()
  }

  /** Looks in a moment. @param rest milliseconds that must have passed since the last look */
  soon(rest = 0): void {
    if (this.isClosed) return
    const now = performance.now()
    const due = Math.max(now + DELAY_MS, this.looked + rest)
    if (this.timer !== null && this.due <= due) return
    if (this.timer !== null) clearTimeout(this.timer)
    this.due = due
    this.timer = setTimeout(() => {
      this.timer = null
      if (!this.isClosed) void this.now()
    }, due - now)
  }

  close(): void {
    this.isClosed = true
    if (this.timer !== null) clearTimeout(this.timer)
  }
}
