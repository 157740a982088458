import { createHash } from 'node:crypto'
import { createWriteStream, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import type { Entry, ZipFile } from 'yauzl'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import { beat } from '../process/pulse'
import { invalidArchive } from './archive-error'
import { requireReadable } from './zip-archive'

/** Bytes of inflated files kept at a time; a product's twelve bands take about 700 MB. */
const MAX_BYTES = 16 * 2 ** 30

/**
 * Deflated entries of archives, inflated into a folder when they are read first, each once: files of a folder that
 * several processes share are made by one of them and found by the others.
 */
export class InflatedEntries {
  private readonly making = new Map<string, Promise<string>>()
  private bytes = 0

  constructor(
    private readonly folder: string,
    private readonly maxBytes = MAX_BYTES,
  ) {}

  /**
   * Path of a file with the content of an entry.
   * @param archive path of the archive, which `zip` has open
   * @throws StudioError `archive-invalid` where the entry is damaged, or larger than it may be or says; `disk-full`;
   * `cancelled`
   */
  async file(archive: string, zip: ZipFile, entry: Entry, signal: AbortSignal): Promise<string> {
    const { size, mtimeMs } = await stat(archive)
    const key = [archive, size, mtimeMs, entry.fileName, entry.crc32].join('\n')
    const path = join(this.folder, createHash('sha256').update(key).digest('hex').slice(0, 32))
    const known = this.making.get(path)
    if (known !== undefined) return known
    const making = this.make(path, archive, zip, entry, signal)
    this.making.set(path, making)
    making.catch(() => this.making.delete(path))
    return making
  }

  private async make(
    path: string,
    archive: string,
    zip: ZipFile,
    entry: Entry,
    signal: AbortSignal,
  ): Promise<string> {
    requireReadable(archive, entry)
    if (await isOfSize(path, entry.uncompressedSize)) return path
    if (this.bytes + entry.uncompressedSize > this.maxBytes) {
      throw invalidArchive(
        archive,
        `Bands of compressed archives take more than ${this.maxBytes} bytes.`,
        'Unpack the archives and use their folders; that is also faster.',
      )
    }
    this.bytes += entry.uncompressedSize
    const part = `${path}.${process.pid}.part`
    try {
      await mkdir(this.folder, { recursive: true })
      const check = checking(entry)
      const content = await zip.openReadStreamPromise(entry)
      await pipeline(content, check, createWriteStream(part), { signal })
      await rename(part, path)
      return path
    } catch (cause) {
      this.bytes -= entry.uncompressedSize
      await rm(part, { force: true })
      throwIfCancelled(signal)
      throw failure(archive, entry, cause)
    }
  }
}

/** Passes bytes on and fails at the end where they are not what the archive says they are. */
function checking({ crc32: expected }: Entry): Transform {
  let sum = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      sum = crc32(chunk, sum)
      beat()
      done(null, chunk)
    },
    flush(done) {
      done(sum === expected ? null : new Error('its checksum is wrong'))
    },
  })
}

function failure(archive: string, { fileName }: Entry, cause: unknown): StudioError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StudioError('disk-full', `There is no space to inflate ${fileName}.`, {
      file: archive,
      hint: 'Free space on the disk of temporary files, or unpack the archive elsewhere and use its folder.',
      cause,
    })
  }
  const why = cause instanceof Error ? cause.message : String(cause)
  return invalidArchive(archive, `${fileName} cannot be read from the archive: ${why}.`, undefined, cause)
}

async function isOfSize(path: string, size: number): Promise<boolean> {
  try {
    return (await stat(path)).size === size
  } catch {
    return false
  }
}

const OWN_FOLDER = 'gedi-dataset-zip-'
let own: InflatedEntries | null = null

/** Inflated entries of this process alone, in a folder of their own for temporary files that goes with the process. */
export function ownInflatedEntries(): InflatedEntries {
  if (own !== null) return own
  removeAbandoned()
  const folder = mkdtempSync(join(tmpdir(), `${OWN_FOLDER}${process.pid}-`))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return (own = new InflatedEntries(folder))
}

/** Removes the folders of processes that were ended before they could. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const match = /^gedi-dataset-zip-(\d+)-/.exec(name)
    if (match === null || isAlive(Number(match[1]))) continue
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
    } catch {
      // Another user's, who will remove it.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
