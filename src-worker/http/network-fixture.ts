import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { ByteRange } from '../raster/byte-source'
import type { Credentials } from './credentials'
import { Network, type NetworkOptions } from './network'
import { startImageryServer, type ImageryServer, type ImageryServerOptions } from './testing/imagery-server'

/** Retries without the waits of real life. */
export const QUICK = { firstWait: 10, longestWait: 40, totalWait: 5000 }

const NO_CREDENTIALS: Credentials = { subscriptionKey: null, bearerTokens: new Map() }

export const ORIGIN = { collection: 'sentinel-2-l2a', item: 'scene' }

/** A signal that is never aborted. */
export const CALM = new AbortController().signal

/** A served folder with one file, servers and networks, all closed by `close`. */
export interface Place {
  folder: string
  /** Content of the served file `a.bin`. */
  content: Buffer
  serve(options?: Partial<ImageryServerOptions>): Promise<ImageryServer>
  network(options?: Partial<NetworkOptions>): Network
  close(): Promise<void>
}

/** @param size Bytes of the served file, random ones. */
export async function makePlace(size = 400_000): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'network-'))
  const served = join(folder, 'served')
  const content = randomBytes(size)
  await mkdir(served)
  await writeFile(join(served, 'a.bin'), content)
  const closing: { close(): Promise<void> }[] = []
  return {
    folder,
    content,
    serve: async (options = {}) => {
      const server = await startImageryServer({ folder: served, ...options })
      closing.push(server)
      return server
    },
    network: (options = {}) => {
      const network = new Network({
        connections: 8,
        cache: null,
        signing: 'none',
        signingUrl: null,
        credentials: NO_CREDENTIALS,
        retry: QUICK,
        ...options,
      })
      closing.push(network)
      return network
    },
    close: async () => {
      for (const one of closing.reverse()) await one.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Reads ranges of a file over the network. */
export async function readRanges(
  network: Network,
  url: string,
  ranges: readonly ByteRange[],
  signal: AbortSignal = CALM,
): Promise<Uint8Array[]> {
  const source = await network.openSource(url, ORIGIN, signal)
  return source.read(ranges, signal)
}

/** The error that a promise fails with. */
export async function failure(promise: Promise<unknown>): Promise<StudioError> {
  try {
    await promise
  } catch (thrown) {
    if (thrown instanceof StudioError) return thrown
    throw thrown
  }
  throw new Error('It should have failed.')
}
