import { MOST_PICTURES } from '../../src-shared/api/picture-batch'
import type { SampleRef } from '../../src-shared/api/run-state'
import type { Preset, Stretch } from '../../src-shared/patches/presets'
import { sampleKey } from './sample-key'

/** A thumbnail: of which sample, how it is drawn, and of which version of the sample's file. */
export interface Picture {
  sample: SampleRef
  preset: Preset
  stretch: Stretch
  version: string
}

/** Loads pictures of samples as data addresses, in their order; null for those that cannot be had. */
export type LoadPictures = (
  samples: readonly SampleRef[],
  preset: Preset,
  stretch: Stretch,
  signal: AbortSignal,
) => Promise<(string | null)[]>

/** Pictures of a request: half of a view, so that some are decoded while others are drawn. */
const TOGETHER = Math.min(48, MOST_PICTURES)
/** Requests under way at a time. */
const MOST_IN_FLIGHT = 2
/** Pictures that are kept, of some 6 KB each. */
const MOST_KEPT = 4000

interface Wanted {
  key: string
  picture: Picture
  signal: AbortSignal
  take: (address: string | null) => void
}

/**
 * Thumbnails that are asked for one by one and loaded together: a request of its own for each would cost more than the
 * picture. Those used last are kept.
 */
export class PictureLoader {
  private wanted: Wanted[] = []
  private readonly kept = new Map<string, string>()
  private inFlight = 0
  private scheduled = false

  constructor(
    private readonly loadPictures: LoadPictures,
    private readonly mostKept = MOST_KEPT,
  ) {}

  /** A picture that is there already, as a data address. */
  present(picture: Picture): string | undefined {
    const key = pictureKey(picture)
    const address = this.kept.get(key)
    if (address === undefined) return undefined
    this.kept.delete(key)
    this.kept.set(key, address)
    return address
  }

  /**
   * Asks for a picture.
   * @param take is given its data address, null where it cannot be had
   * @param signal a picture that is no longer wanted is not taken; a request of which none is wanted is left
   */
  load(picture: Picture, take: (address: string | null) => void, signal: AbortSignal): void {
    this.wanted.push({ key: pictureKey(picture), picture, signal, take })
    this.schedule()
  }

  /** Waits until all that are asked for in one go are there. */
  private schedule(): void {
    if (this.scheduled) return
    this.scheduled = true
    setTimeout(() => {
      this.scheduled = false
      this.begin()
    })
  }

  private begin(): void {
    while (this.inFlight < MOST_IN_FLIGHT) {
      this.wanted = this.wanted.filter(({ signal }) => !signal.aborted)
      if (this.wanted.length === 0) return
      const [{ picture: first }] = this.wanted
      const alike = this.wanted.filter(({ picture }) => isAlike(picture, first)).slice(0, TOGETHER)
      this.wanted = this.wanted.filter((each) => !alike.includes(each))
      void this.fetch(alike)
    }
  }

  private async fetch(together: readonly Wanted[]): Promise<void> {
    this.inFlight++
    const leave = new AbortController()
    const left = (): void => {
      if (together.every(({ signal }) => signal.aborted)) leave.abort()
    }
    for (const { signal } of together) signal.addEventListener('abort', left, { once: true })
    const addresses = await this.addressesOf(together, leave.signal)
    for (const { signal } of together) signal.removeEventListener('abort', left)
    this.inFlight--
    for (const [index, { key, signal, take }] of together.entries()) {
      const address = addresses?.at(index) ?? null
      if (address !== null) this.keep(key, address)
      if (!signal.aborted) take(address)
    }
    this.begin()
  }

  /** null where the request failed. */
  private addressesOf(together: readonly Wanted[], signal: AbortSignal): Promise<(string | null)[] | null> {
    const [
      {
        picture: { preset, stretch },
      },
    ] = together
    const samples = together.map(({ picture }) => picture.sample)
    return this.loadPictures(samples, preset, stretch, signal).catch(() => null)
  }

  private keep(key: string, address: string): void {
    this.kept.set(key, address)
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.mostKept) break
      this.kept.delete(oldest)
    }
  }
}

/** One text for one picture. */
export function pictureKey({ sample, preset, stretch, version }: Picture): string {
  return `${sampleKey(sample)} ${preset} ${stretch} ${version}`
}

function isAlike(a: Picture, b: Picture): boolean {
  return a.preset === b.preset && a.stretch === b.stretch
}
