/** Milliseconds over which a rate is taken. */
const WINDOW_MS = 10_000

/** A count that grows, and how fast it did lately. */
export class Rate {
  private points: { time: number; value: number }[] = []

  /** @param windowMs milliseconds over which it is taken */
  constructor(private readonly windowMs: number = WINDOW_MS) {}

  /** @param now milliseconds */
  note(value: number, now: number): void {
    const last = this.points.at(-1)
    if (last !== undefined && value < last.value) this.points = []
    this.points.push({ time: now, value })
    while (this.points.length > 2 && now - this.points[1].time > this.windowMs) this.points.shift()
  }

  /** Units per second over the last seconds, null before it can be told. */
  perSecond(now: number): number | null {
    const first = this.points.at(0)
    const last = this.points.at(-1)
    if (first === undefined || last === undefined) return null
    const seconds = (Math.max(now, last.time) - first.time) / 1000
    return seconds < 0.5 ? null : (last.value - first.value) / seconds
  }
}
