/**
 * Bytes of decoded blocks that the waves of a worker may hold together. Whoever wants more than is free waits, first
 * come, first served; what alone is larger than the whole budget gets it when nobody else holds any.
 *
 * No deadlock: what is held belongs to waves that are being read or cut, and neither waits for the budget again.
 */
export class WaveBudget {
  private held = 0
  private readonly waiting: { bytes: number; go: () => void }[] = []

  constructor(readonly bytes: number) {}

  /** Takes bytes, after waiting for them where need be; returns what gives them back, once. */
  async take(bytes: number): Promise<() => void> {
    if (this.waiting.length > 0 || !this.fits(bytes)) {
      await new Promise<void>((go) => this.waiting.push({ bytes, go }))
    } else {
      this.held += bytes
    }
    let returned = false
    return () => {
      if (returned) return
      returned = true
      this.held -= bytes
      this.serve()
    }
  }

  private fits(bytes: number): boolean {
    return this.held === 0 || this.held + bytes <= this.bytes
  }

  private serve(): void {
    for (
      let next = this.waiting.at(0);
      next !== undefined && this.fits(next.bytes);
      next = this.waiting.at(0)
    ) {
      this.waiting.shift()
      this.held += next.bytes
      next.go()
    }
  }
}
