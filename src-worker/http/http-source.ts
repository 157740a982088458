import { throwIfCancelled, StudioError } from '../../src-shared/errors/studio-error'
import { mergeRanges, type ByteRange, type ByteSource, type MergedRange } from '../raster/byte-source'
import { fileIdentity } from './addresses'
import type { HttpClient } from './client'
import { isSameVersion, type FileVersion, type HeaderPage } from './file-version'
import type { HeaderPages } from './header-pages'
import { faultError } from './http-error'
import { FIRST_PAGE_BYTES, MERGING } from './merging'
import type { NetworkCounters } from './network-counters'
import type { RangeCache } from './range-cache'
import { changedFile, requestRange, type RangeAnswer, type RemoteFile } from './range-request'
import type { SharedWork } from './shared-work'
import type { Signer } from './signer'

/** Files that come as a whole are kept as one page up to this length. */
const MAX_WHOLE_PAGE = 4 * 1024 * 1024

/** What the sources of one process share. */
export interface SourceParts {
  client: HttpClient
  signer: Signer | null
  cache: RangeCache | null
  pages: HeaderPages
  pageWork: SharedWork<HeaderPage>
  rangeWork: SharedWork<FetchedRange>
  counters: NetworkCounters
}

/** Bytes that came with one request, and where in the file they begin. */
export interface FetchedRange {
  offset: number
  bytes: Uint8Array
}

/**
 * A file on a server as a byte source. The first page is fetched before anything else, once, and says which version of
 * the file it is; every other part has to be of the same. Parts come from memory, from the disk cache, from requests
 * of others that are under way, and only then over the network.
 */
export class HttpSource implements ByteSource {
  /** The address without signature. */
  readonly name: string
  private version: FileVersion | null = null

  constructor(
    private readonly file: RemoteFile,
    private readonly parts: SourceParts,
  ) {
    this.name = fileIdentity(file.url)
  }

  /** @throws StudioError see requestRange */
  async read(ranges: readonly ByteRange[], signal: AbortSignal): Promise<Uint8Array[]> {
    throwIfCancelled(signal)
    if (ranges.length === 0) return []
    const inPage = ({ offset, length }: ByteRange): boolean => offset + length <= FIRST_PAGE_BYTES
    const small = this.version !== null && this.version.total <= FIRST_PAGE_BYTES
    const page = this.version === null || small || ranges.some(inPage) ? await this.firstPage(signal) : null
    const version = (this.version ??= page?.version ?? null)
    if (version === null) return []
    const read = ranges.map((range) => this.fromPage(clip(range, version.total), page))
    const missing = read.flatMap((bytes, index) => (bytes === null ? [index] : []))
    const fetched = await this.fetchAll(
      missing.map((index) => clip(ranges[index], version.total)),
      version,
      signal,
    )
    for (const [i, index] of missing.entries()) read[index] = fetched[i]
    return read.map((bytes) => bytes ?? new Uint8Array(0))
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  private fromPage({ offset, length }: ByteRange, page: HeaderPage | null): Uint8Array | null {
    if (length === 0) return new Uint8Array(0)
    if (page === null || offset + length > page.bytes.length) return null
    return page.bytes.subarray(offset, offset + length)
  }

  private async firstPage(signal: AbortSignal): Promise<HeaderPage> {
    const { pages, pageWork } = this.parts
    const page =
      pages.get(this.name) ?? (await pageWork.once(this.name, signal, (shared) => this.loadPage(shared)))
    if (this.version !== null && !isSameVersion(page.version, this.version)) {
      throw faultError(changedFile(), this.file, 1)
    }
    return page
  }

  private async loadPage(signal: AbortSignal): Promise<HeaderPage> {
    const { pages, cache, counters } = this.parts
    const kept = (await cache?.header(this.name)) ?? null
    if (kept !== null) counters.cacheHits++
    const page = kept ?? (await this.requestPage(signal))
    pages.set(this.name, page)
    return page
  }

  private async requestPage(signal: AbortSignal): Promise<HeaderPage> {
    const answer = await this.request({ offset: 0, length: FIRST_PAGE_BYTES }, this.version, signal)
    const whole = answer.whole !== null && answer.whole.length <= MAX_WHOLE_PAGE ? answer.whole : null
    const page = { version: answer.version, bytes: whole ?? answer.bytes }
    this.parts.cache?.putHeader(this.name, page)
    return page
  }

  private async fetchAll(
    ranges: readonly ByteRange[],
    version: FileVersion,
    signal: AbortSignal,
  ): Promise<Uint8Array[]> {
    const kept = await Promise.all(ranges.map((range) => this.fromCache(range, version)))
    const work: Promise<void>[] = []
    const parts = kept.map((bytes) => bytes ?? new Uint8Array(0))
    const take = (index: number, fetched: Promise<FetchedRange>): void => {
      const { offset, length } = ranges[index]
      work.push(
        fetched.then(({ offset: start, bytes }) => {
          parts[index] = bytes.subarray(offset - start, offset - start + length)
        }),
      )
    }
    const missing: number[] = []
    for (const [index, bytes] of kept.entries()) {
      if (bytes !== null) continue
      const running = this.parts.rangeWork.join(this.key(ranges[index], version), signal)
      if (running === undefined) missing.push(index)
      else take(index, running)
    }
    const wanted = missing.map((index) => ranges[index])
    for (const merged of mergeRanges(wanted, MERGING.maxGap, MERGING.maxLength)) {
      const fetching = this.startFetch(merged, wanted, version, signal)
      for (const member of merged.members) take(missing[member], fetching)
    }
    await Promise.all(work)
    return parts
  }

  private async fromCache(range: ByteRange, version: FileVersion): Promise<Uint8Array | null> {
    const bytes = (await this.parts.cache?.range(this.name, version, range)) ?? null
    if (bytes !== null) this.parts.counters.cacheHits++
    return bytes
  }

  private startFetch(
    merged: MergedRange,
    wanted: readonly ByteRange[],
    version: FileVersion,
    signal: AbortSignal,
  ): Promise<FetchedRange> {
    const members = merged.members.map((member) => wanted[member])
    const keys = members.map((range) => this.key(range, version))
    return this.parts.rangeWork.start(keys, signal, async (shared) => {
      const { bytes } = await this.request(merged, version, shared)
      for (const range of members) {
        const start = range.offset - merged.offset
        this.parts.cache?.putRange(this.name, version, range, bytes.subarray(start, start + range.length))
      }
      return { offset: merged.offset, bytes }
    })
  }

  private async request(
    range: ByteRange,
    expected: FileVersion | null,
    signal: AbortSignal,
  ): Promise<RangeAnswer> {
    const { client, signer, cache, pages } = this.parts
    try {
      return await requestRange(client, signer, this.file, range, expected, signal)
    } catch (thrown) {
      // Whatever is odd about the answer, what is kept of the file is not to be relied on.
      if (thrown instanceof StudioError && thrown.tag === 'source-answer') {
        pages.delete(this.name)
        await cache?.drop(this.name)
      }
      throw thrown
    }
  }

  private key({ offset, length }: ByteRange, { tag, total }: FileVersion): string {
    return JSON.stringify([this.name, tag, total, offset, length])
  }
}

function clip({ offset, length }: ByteRange, total: number): ByteRange {
  return { offset, length: Math.max(0, Math.min(length, total - offset)) }
}
