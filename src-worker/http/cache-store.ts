import { mkdir, open, rename, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { evict } from './cache-eviction'

/** Content of an entry: a few facts as text, and bytes. */
export interface CacheEntry {
  facts: string
  bytes: Uint8Array
}

const MAGIC = 0x31534447
const HEAD_BYTES = 16
/** Entries that wait to be written hold at most so many bytes; what comes on top is not kept. */
const MAX_WAITING = 64 * 1024 * 1024
const WRITERS = 2
/** Entries are marked as used at most this often, milliseconds. */
const TOUCH_INTERVAL = 60_000

/**
 * Entries on disk by name (hexadecimal digests), shared by several processes without locks: a file is renamed into
 * place when it is complete, and checked when it is read. Writing happens aside and never fails anything; where it is
 * not possible (disk full, no permission) nothing more is written.
 */
export class CacheStore {
  private readonly waiting = new Map<string, CacheEntry>()
  private waitingBytes = 0
  private readonly queue: string[] = []
  private readonly writers = new Set<Promise<void>>()
  private readonly folders = new Set<string>()
  private writable = true
  private writtenSinceLook = Infinity
  private looking: Promise<void> | null = null
  private temporary = 0

  constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
    private readonly log: (message: string) => void,
  ) {}

  /** The entry of a name, null where there is none; a damaged one is deleted. */
  async get(name: string): Promise<CacheEntry | null> {
    const fresh = this.waiting.get(name)
    if (fresh !== undefined) return fresh
    const path = this.path(name)
    try {
      const file = await open(path, 'r')
      try {
        const { size, mtimeMs } = await file.stat()
        const content = Buffer.allocUnsafeSlow(size)
        const { bytesRead } = await file.read(content, 0, size, 0)
        const entry = bytesRead === size ? unpack(content) : null
        if (entry === null) await rm(path, { force: true })
        else if (Date.now() - mtimeMs > TOUCH_INTERVAL) touch(path)
        return entry
      } finally {
        await file.close()
      }
    } catch {
      return null
    }
  }

  /** Keeps an entry, soon. */
  put(name: string, entry: CacheEntry): void {
    if (!this.writable || this.waiting.has(name)) return
    if (this.waitingBytes + entry.bytes.length > MAX_WAITING) return
    this.waiting.set(name, entry)
    this.waitingBytes += entry.bytes.length
    this.queue.push(name)
    if (this.writers.size < WRITERS) this.startWriter()
  }

  async delete(name: string): Promise<void> {
    this.forget(name)
    await rm(this.path(name), { force: true }).catch(() => undefined)
  }

  /** Waits until everything is written. */
  async flush(): Promise<void> {
    while (this.writers.size > 0) await Promise.all(this.writers)
    await this.looking
  }

  private startWriter(): void {
    const writer = this.write().finally(() => this.writers.delete(writer))
    this.writers.add(writer)
  }

  private async write(): Promise<void> {
    for (let name = this.queue.shift(); name !== undefined; name = this.queue.shift()) {
      const entry = this.waiting.get(name)
      if (entry === undefined) continue
      try {
        if (this.writable) await this.writeEntry(name, entry)
      } catch (thrown) {
        this.stopWriting(thrown)
      } finally {
        if (this.waiting.get(name) === entry) this.forget(name)
      }
    }
  }

  private async writeEntry(name: string, entry: CacheEntry): Promise<void> {
    const path = this.path(name)
    const part = `${path}.${process.pid}-${this.temporary++}`
    const content = pack(entry)
    await this.makeFolder(name)
    try {
      const file = await open(part, 'wx')
      try {
        await file.writev(content)
      } finally {
        await file.close()
      }
    } catch (thrown) {
      await rm(part, { force: true }).catch(() => undefined)
      throw thrown
    }
    // Some systems refuse while another process reads the old one, which is as good.
    await rename(part, path).catch(() => rm(part, { force: true }))
    this.look(content.reduce((sum, { length }) => sum + length, 0))
  }

  /** From time to time, looks whether the cache has grown too large. */
  private look(written: number): void {
    this.writtenSinceLook += written
    if (this.looking !== null || this.writtenSinceLook < this.maxBytes / 128) return
    this.writtenSinceLook = 0
    this.looking = evict(this.folder, this.maxBytes)
      .catch(() => undefined)
      .finally(() => {
        this.looking = null
      })
  }

  private async makeFolder(name: string): Promise<void> {
    const fan = name.slice(0, 2)
    if (this.folders.has(fan)) return
    await mkdir(join(this.folder, fan), { recursive: true })
    this.folders.add(fan)
  }

  private forget(name: string): void {
    this.waitingBytes -= this.waiting.get(name)?.bytes.length ?? 0
    this.waiting.delete(name)
  }

  private stopWriting(thrown: unknown): void {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    // Somebody emptied the cache; its folders are made anew.
    if (code === 'ENOENT') this.folders.clear()
    if (code === 'ENOENT' || !this.writable) return
    this.writable = false
    this.log(`The network cache ${this.folder} cannot be written (${code}): nothing more is kept in it.`)
  }

  private path(name: string): string {
    return join(this.folder, name.slice(0, 2), name)
  }
}

function touch(path: string): void {
  const now = new Date()
  utimes(path, now, now).catch(() => undefined)
}

/** Head of 16 bytes (magic, checksum of the rest, length of the facts, length of the bytes), facts, bytes. */
function pack({ facts, bytes }: CacheEntry): Uint8Array[] {
  const text = Buffer.from(facts, 'utf8')
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32LE(MAGIC, 0)
  head.writeUInt32LE(crc32(bytes, crc32(text)), 4)
  head.writeUInt32LE(text.length, 8)
  head.writeUInt32LE(bytes.length, 12)
  return [head, text, bytes]
}

function unpack(content: Buffer): CacheEntry | null {
  if (content.length < HEAD_BYTES || content.readUInt32LE(0) !== MAGIC) return null
  const bytesAt = HEAD_BYTES + content.readUInt32LE(8)
  if (content.length !== bytesAt + content.readUInt32LE(12)) return null
  if (crc32(content.subarray(HEAD_BYTES)) !== content.readUInt32LE(4)) return null
  return { facts: content.toString('utf8', HEAD_BYTES, bytesAt), bytes: content.subarray(bytesAt) }
}
