import { crc32 } from 'node:zlib'
import { bytesPerSample } from '../../src-shared/dataset/datasets'
import type { DatasetChoice } from '../hdf5/dataset-choice'
import { RawFormatError } from '../hdf5/raw-file'
import { checksumsOf, type SampleChecksums } from '../hdf5/sample-checksums'
import { StoredSamples } from '../hdf5/stored-samples'
import type { CopyablePart } from './copyable-part'
import { LEFT_OUT, unfit } from './fuse-order'
import type { RecordLayout } from './record-layout'
import type { SampleRecords } from './sample-records'

/** Samples read at a time: a chunk of the small columns. */
const BLOCK_SAMPLES = 1000
/** Samples decompressed at a time: at most about 10 MB. */
const CHECK_SAMPLES = 250

/** What the passes of a fuse share: records and checksums in the order of the result. */
export interface Gathered {
  layout: RecordLayout
  records: SampleRecords
  checksums: SampleChecksums
}

/** A part with its number, and the place in the result of each of its rows; LEFT_OUT for those that stay out. */
export interface RankedPart extends CopyablePart {
  number: number
  ranks: Uint32Array
}

/**
 * Takes up what the copying of a part's image chunks needs: its small columns, the places of its chunks, checksums; nothing of
 * samples that are left out. Where
 * the part came with checksums, its small columns are compared with them; where it came without, all of its chunks are
 * decompressed once.
 * @throws StudioError `dataset-invalid` when the part is damaged
 */
export function gatherPart(
  { number, path, copyFrom, checksums, ranks }: RankedPart,
  choice: DatasetChoice,
  into: Gathered,
): void {
  const file = new StoredSamples(copyFrom, choice)
  try {
    const expected = checksums ?? (decompressAll(file), checksumsOf(file))
    const { recordBytes } = file.choice
    const { bytes } = into.layout
    for (let first = 0; first < file.samples; first += BLOCK_SAMPLES) {
      const count = Math.min(BLOCK_SAMPLES, file.samples - first)
      const records = Buffer.allocUnsafe(count * bytes)
      file.readRecords(first, count, records, bytes)
      const places = file.places(first, count)
      for (let i = 0; i < count; i++) {
        const rank = ranks[first + i]
        if (rank === LEFT_OUT) continue
        const record = records.subarray(i * bytes, (i + 1) * bytes)
        into.checksums.images[rank] = expected.images[first + i]
        into.checksums.columns[rank] = expected.columns[first + i]
        if (crc32(record.subarray(0, recordBytes)) !== expected.columns[first + i])
          throw changed(path, first + i)
        into.layout.set(record, number, places, i)
        into.records.put(rank, record)
      }
    }
  } catch (error) {
    if (!(error instanceof RawFormatError)) throw error
    throw unfit(path, `The batch file cannot be read: ${error.message}.`, error)
  } finally {
    file.close()
  }
}

/** The error for a sample that is not what it was when its checksum was made. */
export function changed(path: string, row: number): Error {
  return unfit(path, `Sample ${row} of the batch file is not as it was written.`)
}

function decompressAll(file: StoredSamples): void {
  for (const spec of file.choice.images) {
    const target = new Uint8Array(CHECK_SAMPLES * bytesPerSample(spec))
    for (let first = 0; first < file.samples; first += CHECK_SAMPLES) {
      const count = Math.min(CHECK_SAMPLES, file.samples - first)
      if (!file.readRows(spec, first, count, target))
        throw new RawFormatError(
          `${spec.name} has a damaged chunk among samples ${first} to ${first + count - 1}`,
        )
    }
  }
}
