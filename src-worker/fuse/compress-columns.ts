import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { bytesPerElement } from '../../src-shared/dataset/datasets'
import type { DatasetChoice } from '../hdf5/dataset-choice'
import { shuffle } from '../hdf5/shuffle'
import { copyStrided } from '../hdf5/strided-copy'

const deflateAsync = promisify(deflate)

/**
 * The stored chunks of the small columns of up to 1000 samples, in the order of the choice. The rest of a chunk is
 * zero.
 * @param records of the samples, `stride` bytes apart
 * @param compression gzip level behind the shuffle filter; 0 for no filters
 */
export function compressColumns(
  records: Buffer,
  count: number,
  stride: number,
  { columns }: DatasetChoice,
  compression: number,
): Promise<Uint8Array[]> {
  return Promise.all(
    columns.map(({ spec, at, bytes }) => {
      const values = new Uint8Array(spec.chunkSamples * bytes)
      copyStrided({ from: records, at, stride }, { to: values, at: 0, stride: bytes }, bytes, count)
      if (compression === 0) return Promise.resolve(values)
      const shuffled = new Uint8Array(values.length)
      shuffle(values, bytesPerElement(spec.type), shuffled)
      return deflateAsync(shuffled, { level: compression })
    }),
  )
}
