import { throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { AssetOrigin, ByteSource } from '../raster/byte-source'
import { parseAddress } from './addresses'
import { HttpClient } from './client'
import { credentialHeaders, type Credentials } from './credentials'
import { HeaderPages } from './header-pages'
import { HostHealth } from './host-health'
import { HostSlots } from './host-slots'
import { HttpSource, type SourceParts } from './http-source'
import type { JsonAnswer, JsonClient, JsonRequest } from './json-client'
import { fetchJson } from './json-document'
import { zeroNetworkCounters, type NetworkCounters } from './network-counters'
import { RangeCache } from './range-cache'
import { RetryPolicy, type RetryLimits } from './retry-policy'
import { SharedWork } from './shared-work'
import { PLANETARY_COMPUTER_TOKENS, Signer } from './signer'
import { TIMEOUTS, Transport, type Timeouts } from './transport'

export interface NetworkOptions {
  /** Connections to each host of this process. */
  connections: number
  /** Where parts of files are kept on disk, and how many bytes at most; null keeps nothing. */
  cache: { folder: string; maxBytes: number } | null
  signing: 'none' | 'planetary-computer'
  /** The address before `/token/…`, null for Planetary Computer's own. */
  signingUrl: string | null
  credentials: Credentials
  /** Told once where the cache cannot be written. */
  log?: (message: string) => void
  retry?: Partial<RetryLimits>
  timeouts?: Partial<Timeouts>
}

/** First pages of files in memory, bytes: those of some 256 files. */
const PAGES_BYTES = 16 * 1024 * 1024

/** The way to servers: JSON documents and files, with retries, signatures, a cache and limits for each host. */
export class Network implements JsonClient {
  readonly counters: NetworkCounters = zeroNetworkCounters()
  private readonly transport: Transport
  private readonly client: HttpClient
  private readonly parts: SourceParts

  /**
   * @throws StudioError `source-answer` where the signing address is none of http or https, `usage` where the
   *   environment names a proxy in another form than an address
   */
  constructor(options: NetworkOptions) {
    const { cache, connections, credentials } = options
    const signingUrl =
      options.signing === 'none' ? null : parseAddress(options.signingUrl ?? PLANETARY_COMPUTER_TOKENS)
    const policy = new RetryPolicy(options.retry)
    const health = new HostHealth(policy)
    this.transport = new Transport(
      connections,
      new HostSlots(connections),
      health,
      { ...TIMEOUTS, ...options.timeouts },
      this.counters,
      (url) => credentialHeaders(url, credentials, signingUrl?.origin ?? null),
    )
    this.client = new HttpClient(this.transport, policy, this.counters, health)
    this.parts = {
      client: this.client,
      signer: signingUrl === null ? null : new Signer(this.client, signingUrl),
      cache:
        cache === null || cache.maxBytes <= 0
          ? null
          : new RangeCache(cache.folder, cache.maxBytes, options.log ?? (() => undefined)),
      pages: new HeaderPages(PAGES_BYTES),
      pageWork: new SharedWork(),
      rangeWork: new SharedWork(),
      counters: this.counters,
    }
  }

  /** @throws StudioError see JsonClient */
  json(request: JsonRequest): Promise<JsonAnswer> {
    return fetchJson(this.client, request)
  }

  /**
   * A file on a server. Nothing is asked for until it is read.
   * @throws StudioError `source-answer` where the address is none of http or https. Reading throws
   *   `source-unreachable`, `source-insecure`, `source-busy`, `source-denied`, `source-answer`, `asset-missing`,
   *   `signing-failed`, `cancelled`.
   */
  openSource(href: string, origin: AssetOrigin, signal: AbortSignal): Promise<ByteSource> {
    return new Promise((resolve) => {
      throwIfCancelled(signal)
      resolve(new HttpSource({ url: parseAddress(href), origin }, this.parts))
    })
  }

  /** Waits until what is to be kept is on disk. */
  async flush(): Promise<void> {
    await this.parts.cache?.flush()
  }

  /** Writes what is to be kept, and lets go of all connections. */
  async close(): Promise<void> {
    await this.flush()
    await this.transport.close()
  }
}
