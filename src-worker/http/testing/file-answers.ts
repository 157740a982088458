import { open, type FileHandle } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Incoming, Outcome } from './answer'

interface OpenFile {
  handle: FileHandle
  size: number
  etag: string
}

const TYPES: Record<string, string> = {
  '.json': 'application/json',
  '.tif': 'image/tiff',
  '.html': 'text/html',
}

/** Serves the files of a folder, whole or in parts. Files stay open and are not looked at again. */
export class FileAnswers {
  private readonly files = new Map<string, Promise<OpenFile>>()

  constructor(private readonly folder: string) {}

  /** @param path Path of the URL below the folder's. */
  async answer(path: string, { method, headers }: Incoming): Promise<Outcome> {
    const name = normalize(decodeURIComponent(path)).replace(/^[/\\]+/, '')
    if (name.split(sep).includes('..')) return { kind: 'other', status: 400 }
    const file = await this.open(name).catch(() => null)
    if (file === null) return { kind: 'other', status: 404 }
    const common = {
      'accept-ranges': 'bytes',
      etag: file.etag,
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    }
    if (method === 'HEAD') {
      return { kind: 'head', status: 200, headers: { ...common, 'content-length': String(file.size) } }
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '')
    if (range === null) {
      return { kind: 'whole', status: 200, headers: common, body: await part(file, 0, file.size) }
    }
    const start = Number(range[1])
    const last = Math.min(range[2] === '' ? Infinity : Number(range[2]), file.size - 1)
    if (start > last) {
      return { kind: 'range', status: 416, headers: { 'content-range': `bytes */${file.size}` } }
    }
    return {
      kind: 'range',
      status: 206,
      headers: { ...common, 'content-range': `bytes ${start}-${last}/${file.size}` },
      body: await part(file, start, last - start + 1),
    }
  }

  /** Closes all files; changed ones are seen from then on. */
  async close(): Promise<void> {
    const files = [...this.files.values()]
    this.files.clear()
    for (const opening of files) {
      const file = await opening.catch(() => null)
      await file?.handle.close()
    }
  }

  private open(name: string): Promise<OpenFile> {
    let file = this.files.get(name)
    if (file === undefined) this.files.set(name, (file = openFile(join(this.folder, name))))
    return file
  }
}

async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path, 'r')
  const { size, mtimeMs, ino } = await handle.stat()
  return { handle, size, etag: `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}-${ino}"` }
}

async function part({ handle }: OpenFile, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length)
  const { bytesRead } = await handle.read(buffer, 0, length, offset)
  return buffer.subarray(0, bytesRead)
}
