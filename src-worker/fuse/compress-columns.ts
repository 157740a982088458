import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { bytesPerElement } from '../../src-shared/dataset/datasets'
import type { DatasetChoice } from '../hdf5/dataset-choice'
import { shuffle } from '../hdf5/shuffle'
import { copyStrided } from '../hdf5/strided-copy'

const deflateAsync = promisify(deflate)

/** Makes the stored chunks of small columns, one block of up to 1000 samples after the other. */
export class ColumnCompressor {
  private readonly room: readonly { values: Uint8Array; shuffled: Uint8Array }[]

  /** @param compression gzip level behind the shuffle filter; 0 for no filters */
  constructor(
    private readonly choice: DatasetChoice,
    private readonly compression: number,
  ) {
    this.room = choice.columns.map(({ spec, bytes }) => {
      const length = spec.chunkSamples * bytes
      return { values: new Uint8Array(length), shuffled: new Uint8Array(compression === 0 ? 0 : length) }
    })
  }

  /**
   * The chunks of a block, in the order of the choice. The rest of a chunk is zero. They must be used before the next
   * block is begun.
   * @param records of the samples, `stride` bytes apart
   */
  compress(records: Buffer, count: number, stride: number): Promise<Uint8Array[]> {
    return Promise.all(
      this.choice.columns.map(({ spec, at, bytes }, k) => {
        const { values, shuffled } = this.room[k]
        copyStrided({ from: records, at, stride }, { to: values, at: 0, stride: bytes }, bytes, count)
        values.fill(0, count * bytes)
        if (this.compression === 0) return Promise.resolve(values)
        shuffle(values, bytesPerElement(spec.type), shuffled)
        return deflateAsync(shuffled, { level: this.compression })
      }),
    )
  }
}
