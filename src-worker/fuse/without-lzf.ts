import { copyFileSync, rmSync, writeSync } from 'node:fs'
import { StudioError } from '../../src-shared/errors/studio-error'
import { forEachChunk } from '../hdf5/chunk-index'
import { datasetHeader } from '../hdf5/dataset-header'
import { withHdf5, type Hdf5Reader } from '../hdf5/file-reader'
import { LatestFile } from '../hdf5/latest-file'
import { decompressLzf, LzfError } from '../hdf5/lzf'
import { END_OF_FILE_AT, RawFile, RawFormatError } from '../hdf5/raw-file'
import { writeFault } from '../hdf5/write-fault'
import { unfit } from './fuse-order'

/** h5py's own filter, which libhdf5 knows only inside h5py. */
const LZF_FILTER = 32_000

interface LzfDataset {
  path: string
  /** Place of LZF among its filters. */
  place: number
  /** Whether it cannot be read as it is. */
  needsH5py: boolean
}

/** Datasets of a group whose chunks went through the LZF filter. */
export function lzfDatasets(file: Hdf5Reader, group: string): LzfDataset[] {
  return file
    .names(group)
    .map((name) => `${group}/${name}`)
    .filter((path) => file.hasDataset(path))
    .map((path) => ({
      path,
      place: file.filters(path).findIndex(({ id }) => id === LZF_FILTER),
      needsH5py: file.needsH5py(path),
    }))
    .filter(({ place }) => place >= 0)
}

/**
 * Opens a file for reading whose datasets in `group` may be compressed by LZF, as h5py writes them on demand. Such a file
 * is copied; in the copy, chunks are put behind the end decompressed, and the chunk indices say that the filter was left
 * out for them, so that libhdf5 reads them like any others.
 * @param copy where the copy goes; it is deleted afterwards
 * @throws StudioError `dataset-invalid` where the file is damaged, or in a newer format than is understood here;
 *   `hdf5-open`, `hdf5-read`, `hdf5-write`, `disk-full`; what `use` throws
 */
export async function withReadable<T>(
  path: string,
  group: string,
  copy: string,
  use: (file: Hdf5Reader) => Promise<T> | T,
): Promise<T> {
  const compressed = await withHdf5(path, (file) => (file.has(group) ? lzfDatasets(file, group) : []))
  if (compressed.length === 0) return withHdf5(path, use)
  // In the newer format the index cannot be rewritten here, and chunks are read as they are.
  if (isLatest(path)) {
    if (compressed.some(({ needsH5py }) => needsH5py)) throw notUnderstood(path)
    return withHdf5(path, use)
  }
  try {
    writeReadable(path, copy, compressed)
    return await withHdf5(copy, use)
  } catch (error) {
    if (error instanceof LzfError) throw unfit(path, `The file is damaged: ${error.message}.`, error)
    if (error instanceof RawFormatError) throw notUnderstood(path, error)
    throw error
  } finally {
    rmSync(copy, { force: true })
  }
}

/** Whether a file is in the newer format that is read here. */
function isLatest(path: string): boolean {
  try {
    new LatestFile(path).close()
    return true
  } catch (error) {
    if (error instanceof RawFormatError) return false
    throw error
  }
}

function notUnderstood(path: string, cause?: RawFormatError): StudioError {
  return new StudioError(
    'dataset-invalid',
    'The file is compressed by LZF, which is h5py’s own, in a way that only h5py reads.',
    {
      file: path,
      hint: 'Write it anew with gzip where h5py is installed: h5repack -f GZIP=1 with the LZF plugin, or h5py.',
      ...(cause === undefined ? {} : { cause }),
    },
  )
}

function writeReadable(
  path: string,
  copy: string,
  compressed: readonly { path: string; place: number }[],
): void {
  try {
    copyFileSync(path, copy)
  } catch (error) {
    throw writeFault(copy, 'The file cannot be copied', error)
  }
  const file = new RawFile(copy, 'r+')
  try {
    let end = file.address(END_OF_FILE_AT)
    for (const { path: dataset, place } of compressed) end = decompressDataset(file, dataset, place, end)
    write(file, addressBytes(end), END_OF_FILE_AT)
  } finally {
    file.close()
  }
}

/** @returns the new end of the file */
function decompressDataset(file: RawFile, path: string, place: number, end: number): number {
  const { index, chunk } = datasetHeader(file, path)
  const bytes = chunk.reduce((product, edge) => product * edge, 1)
  let at = end
  forEachChunk(file, index, 0, Infinity, (stored) => {
    // Chunks that LZF does not make smaller are stored as they are, and marked so.
    if ((stored.filterMask & (1 << place)) !== 0) return true
    write(file, decompressLzf(file.read(stored.at, stored.bytes), bytes), at)
    const key = Buffer.alloc(8)
    key.writeUInt32LE(bytes, 0)
    key.writeUInt32LE(stored.filterMask | (1 << place), 4)
    write(file, key, stored.keyAt)
    write(file, addressBytes(at), stored.childAt)
    at += bytes
    return true
  })
  return at
}

function write(file: RawFile, bytes: Uint8Array, at: number): void {
  try {
    for (let done = 0; done < bytes.length;)
      done += writeSync(file.fileDescriptor, bytes, done, bytes.length - done, at + done)
  } catch (error) {
    throw writeFault('', 'The temporary copy cannot be written', error)
  }
}

function addressBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
