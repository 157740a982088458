import type { ByteRange, ByteSource } from '../raster/byte-source'
import { openFileSource } from '../raster/file-source'
import { invalidArchive } from './archive-error'
import { ownInflatedEntries, type InflatedEntries } from './inflated-entries'
import { isStored, requireReadable, withZip } from './zip-archive'

/** Between the path of an archive and the name of a file in it. */
const INSIDE = '!/'
const HREF = /^(.+?\.zip)!\/(.+)$/is

/** The address of a file in a zip archive: `/data/product.zip!/S2B_….SAFE/GRANULE/…_B02_10m.jp2`. */
export function zipEntryHref(archive: string, name: string): string {
  return `${archive}${INSIDE}${name}`
}

/** Whether an address is that of a file in a zip archive of this machine. */
export function isZipEntry(href: string): boolean {
  return HREF.test(href) && !/^[a-z][a-z0-9+.-]+:\/\//i.test(href)
}

/**
 * Opens a file in a zip archive. What was stored without compression is read in place; what was deflated is inflated
 * once, into a file.
 * @param inflated where inflated files go; by default a folder for temporary files, gone with the process
 * @throws StudioError `archive-invalid` where the archive or the entry is missing, damaged or not safe to unpack;
 * `raster-unreadable` where the file cannot be opened; `disk-full`; `cancelled`
 */
export async function openZipEntrySource(
  href: string,
  signal: AbortSignal,
  inflated: InflatedEntries = ownInflatedEntries(),
): Promise<ByteSource> {
  const match = HREF.exec(href)
  if (match === null) throw new Error(`${href} is no file of a zip archive`)
  const [, archive, name] = match
  return withZip(archive, async (entries, zip) => {
    const entry = entries.get(name)
    if (entry === undefined) {
      throw invalidArchive(archive, `The archive has no ${name}.`, 'Run with --restart-from plan.')
    }
    if (!isStored(entry)) {
      return new PartSource(href, await openFileSource(await inflated.file(archive, zip, entry, signal)))
    }
    requireReadable(archive, entry)
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
    return new PartSource(href, await openFileSource(archive), fileDataStart, entry.compressedSize)
  })
}

/** A part of a file as a file of its own name. */
class PartSource implements ByteSource {
  constructor(
    readonly name: string,
    private readonly file: ByteSource,
    private readonly start = 0,
    private readonly length = Infinity,
  ) {}

  read(
    ranges: readonly ByteRange[],
    signal: AbortSignal,
    room?: (bytes: number) => Uint8Array,
  ): Promise<Uint8Array[]> {
    const within = ranges.map(({ offset, length }) => {
      const from = Math.min(offset, this.length)
      return { offset: this.start + from, length: Math.max(0, Math.min(length, this.length - from)) }
    })
    return this.file.read(within, signal, room)
  }

  close(): Promise<void> {
    return this.file.close()
  }
}
