import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { StudioError } from '../../src-shared/errors/studio-error'
import { invalidArchive } from './archive-error'

/** Files of a zip archive by name. */
export type ZipEntries = ReadonlyMap<string, Entry>

/** A product has about 150 entries; archives with several are fine. */
const MOST_ENTRIES = 100_000
/** No file of a product is larger: a 10 m band is 241 MB without compression. */
const LARGEST_ENTRY = 2 ** 30
/** Deflate makes images at most some ten times smaller; from a size on, more than this is an attempt to fill the disk. */
const HIGHEST_RATIO = 200
const RATIO_FROM = 2 ** 20

const STORED = 0
const DEFLATED = 8
/** Host system of an entry's attributes, and what its mode says of links. */
const UNIX = 3
const FILE_TYPE = 0o170000
const LINK = 0o120000

/**
 * Opens a zip archive and hands its files to `use`. The archive is closed afterwards.
 * @throws StudioError `archive-invalid` where it cannot be read as a zip, or has entries that must not be unpacked:
 * outside the archive's own folders, links, encrypted ones, the same name twice.
 */
export async function withZip<Result>(
  path: string,
  use: (entries: ZipEntries, zip: ZipFile) => Promise<Result>,
): Promise<Result> {
  let zip: ZipFile
  try {
    zip = await openPromise(path, { strictFileNames: true, autoClose: false })
  } catch (cause) {
    throw invalidArchive(
      path,
      `The archive cannot be read: ${reason(cause)}.`,
      'It may be cut off; download it again.',
      cause,
    )
  }
  try {
    return await use(await entriesOf(path, zip), zip)
  } catch (thrown) {
    if (thrown instanceof StudioError) throw thrown
    throw invalidArchive(path, `The archive is damaged: ${reason(thrown)}.`, undefined, thrown)
  } finally {
    zip.close()
  }
}

async function entriesOf(path: string, zip: ZipFile): Promise<ZipEntries> {
  if (zip.entryCount > MOST_ENTRIES) throw unsafe(path, `it has ${zip.entryCount} entries`)
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      const what = faultOf(entry)
      if (what !== null) throw unsafe(path, `${entry.fileName} ${what}`)
      if (entries.has(entry.fileName)) throw unsafe(path, `${entry.fileName} is in it twice`)
      entries.set(entry.fileName, entry)
    }
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    // Names that lead elsewhere are refused by yauzl, which says so.
    throw unsafe(path, reason(cause), cause)
  }
  return entries
}

function faultOf(entry: Entry): string | null {
  const { versionMadeBy, externalFileAttributes } = entry
  if (versionMadeBy >> 8 === UNIX && ((externalFileAttributes >>> 16) & FILE_TYPE) === LINK)
    return 'is a link'
  return entry.isEncrypted() ? 'is encrypted' : null
}

/**
 * Checks by what the archive says that an entry may be unpacked; what it really holds is counted on the way.
 * @throws StudioError `archive-invalid` where it is too large, inflates too much, or is compressed in an unusual way.
 */
export function requireReadable(path: string, entry: Entry, largest = LARGEST_ENTRY): void {
  const { fileName, compressionMethod, compressedSize, uncompressedSize } = entry
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    throw unsafe(path, `${fileName} is compressed by method ${compressionMethod}`)
  }
  if (uncompressedSize > largest) throw unsafe(path, `${fileName} would be ${uncompressedSize} bytes long`)
  if (uncompressedSize > RATIO_FROM && uncompressedSize > HIGHEST_RATIO * compressedSize) {
    throw unsafe(path, `${fileName} would grow from ${compressedSize} to ${uncompressedSize} bytes`)
  }
}

/** Whether an entry's bytes stand in the archive as they are. */
export function isStored({ compressionMethod }: Entry): boolean {
  return compressionMethod === STORED
}

function unsafe(path: string, what: string, cause?: unknown): StudioError {
  return invalidArchive(
    path,
    `The archive is not unpacked: ${what}.`,
    'Use an archive as ESA delivers it, or unpack this one yourself if you trust it.',
    cause,
  )
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause)
}
