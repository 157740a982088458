/** Pictures that are kept: some ten thousand. */
const MOST_BYTES = 32_000_000

/** Pictures that were drawn, of which those used longest ago are forgotten first. */
export class ThumbnailCache {
  private readonly images = new Map<string, Uint8Array<ArrayBuffer>>()
  private bytes = 0

  constructor(private readonly mostBytes = MOST_BYTES) {}

  get(key: string): Uint8Array<ArrayBuffer> | undefined {
    const image = this.images.get(key)
    if (image === undefined) return undefined
    this.images.delete(key)
    this.images.set(key, image)
    return image
  }

  set(key: string, image: Uint8Array<ArrayBuffer>): void {
    this.bytes += image.length - (this.images.get(key)?.length ?? 0)
    this.images.delete(key)
    this.images.set(key, image)
    for (const [oldest, { length }] of this.images) {
      if (this.bytes <= this.mostBytes) break
      this.images.delete(oldest)
      this.bytes -= length
    }
  }
}
