/** Slices of the limit that must pass in silence. A machine that was asleep lets one of them pass, not all. */
const SLICES = 10

/** Notices when nothing is heard for some time. */
export class StallWatch {
  private silent = 0
  private timer: NodeJS.Timeout | null = null

  /**
   * @param limitMs milliseconds of silence; null: any number
   * @param stalled told once, when they have passed
   */
  constructor(
    private readonly limitMs: number | null,
    private readonly stalled: () => void,
  ) {}

  /** Begins to listen, or begins anew. */
  begin(): void {
    this.end()
    if (this.limitMs === null) return
    this.timer = setInterval(() => this.tick(), this.limitMs / SLICES)
    this.timer.unref()
  }

  /** Something was heard. */
  heard(): void {
    this.silent = 0
  }

  end(): void {
    if (this.timer !== null) clearInterval(this.timer)
    this.timer = null
    this.silent = 0
  }

  private tick(): void {
    if (++this.silent < SLICES) return
    this.end()
    this.stalled()
  }
}
