import { rmSync } from 'node:fs'
import type { DatasetName } from '../../src-shared/dataset/datasets'
import { ALL_DATASETS, type DatasetChoice } from '../hdf5/dataset-choice'
import { createSkeleton, type SamplesFileOptions } from '../hdf5/samples-file'
import { END_OF_FILE_AT } from '../hdf5/raw-file'
import { StoredSamples } from '../hdf5/stored-samples'
import { ChunkTree } from './chunk-tree'
import { FileSink } from './file-sink'

/**
 * Writes a dataset file from stored chunks. libhdf5 makes everything but the chunks and their indices: header, groups,
 * attributes, empty datasets of the full length. Behind that come the chunk indices, whose size follows from the
 * number of samples, then block by block the image chunks of up to 1000 samples, sample by sample, and the chunks of
 * their small columns.
 */
export class FusedFile {
  readonly choice: DatasetChoice
  private readonly trees = new Map<DatasetName, ChunkTree>()
  private end: number
  private closed = false

  private constructor(
    private readonly path: string,
    private readonly count: number,
    /** The file without chunks, to compare others with. */
    readonly skeleton: StoredSamples,
    private readonly sink: FileSink,
    end: number,
  ) {
    this.choice = skeleton.choice
    this.end = end
    for (const { name, chunkSamples } of count === 0 ? [] : this.choice.specs) {
      const { chunk } = skeleton.header(name)
      const chunks = Math.ceil(count / chunkSamples)
      this.trees.set(name, new ChunkTree(chunk, chunks, this.end, (bytes, at) => sink.add(bytes, at)))
      this.end += ChunkTree.bytes(chunk.length, chunks)
    }
  }

  /**
   * Begins a file under the very name `path`.
   * @throws StudioError `hdf5-write` or `disk-full`; nothing is left behind then
   */
  static async create(path: string, options: SamplesFileOptions, count: number): Promise<FusedFile> {
    try {
      await createSkeleton(path, options, count)
      const skeleton = new StoredSamples(path, options.choice ?? ALL_DATASETS)
      return new FusedFile(path, count, skeleton, await FileSink.open(path), skeleton.endOfFile())
    } catch (error) {
      rmSync(path, { force: true })
      throw error
    }
  }

  /** Bytes that the file will have when so many bytes of chunks are added. */
  bytesWith(chunks: number): number {
    return this.end + chunks
  }

  /**
   * Adds the chunks of the next samples: all image chunks, sample by sample, then one chunk of each small column.
   * @param block bytes of the chunks behind one another; they must stay as they are until the next call has come back
   * @param images bytes of each image chunk
   * @param columns bytes of the chunk of each small column
   */
  async append(block: Uint8Array, images: Uint32Array, columns: readonly number[]): Promise<void> {
    const layers = this.choice.images.map(({ name }) => this.tree(name))
    let at = this.end
    for (let k = 0; k < images.length; k++) {
      layers[k % layers.length].add(images[k], at)
      at += images[k]
    }
    this.choice.columns.forEach(({ spec }, k) => {
      this.tree(spec.name).add(columns[k], at)
      at += columns[k]
    })
    await this.sink.write(block, this.end)
    this.end = at
  }

  /** Writes the rest of the indices and where they and the file's end are. The file is whole then, and to be closed. */
  async finish(): Promise<void> {
    for (const [name, tree] of this.trees) {
      tree.finish()
      this.sink.add(address(tree.root), this.skeleton.header(name).indexAddressAt)
    }
    this.sink.add(address(this.end), END_OF_FILE_AT)
    await this.sink.finish()
  }

  /** Gives the file up and deletes it. */
  async discard(): Promise<void> {
    await this.close().catch(() => undefined)
    rmSync(this.path, { force: true })
  }

  /** Closes the file, once what is on its way to the disk is there. */
  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    this.skeleton.close()
    await this.sink.close()
  }

  private tree(name: DatasetName): ChunkTree {
    const tree = this.trees.get(name)
    if (tree === undefined) throw new RangeError(`${this.count} samples have no chunks of ${name}`)
    return tree
  }
}

function address(value: number): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
