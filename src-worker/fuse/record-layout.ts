import type { DatasetChoice } from '../hdf5/dataset-choice'
import type { ImagePlaces } from '../hdf5/stored-samples'

/**
 * What is kept of a sample between the two passes of a fuse, as bytes: its small columns as they are in a record of the
 * file, then its part (uint32), the stored bytes of its image chunks (uint32 each) and where they lie in the part
 * (float64 each).
 */
export class RecordLayout {
  /** Bytes of a record. */
  readonly bytes: number
  private readonly layers: number
  private readonly partAt: number

  constructor(choice: DatasetChoice) {
    this.layers = choice.images.length
    this.partAt = choice.recordBytes
    this.bytes = choice.recordBytes + 4 + this.layers * 12
  }

  /** Notes where the image chunks of sample `i` of `places` lie. */
  set(record: Buffer, part: number, places: ImagePlaces, i: number): void {
    record.writeUInt32LE(part, this.partAt)
    for (let layer = 0; layer < this.layers; layer++) {
      const k = i * this.layers + layer
      record.writeUInt32LE(places.bytes[k], this.partAt + 4 + 4 * layer)
      record.writeDoubleLE(places.at[k], this.partAt + 4 + 4 * this.layers + 8 * layer)
    }
  }

  /** The parts and places of all samples of a block of records. */
  read(records: Buffer): { parts: Uint32Array; places: ImagePlaces } {
    const count = records.length / this.bytes
    const parts = new Uint32Array(count)
    const places = {
      at: new Float64Array(count * this.layers),
      bytes: new Uint32Array(count * this.layers),
    }
    for (let i = 0, at = this.partAt; i < count; i++, at += this.bytes) {
      parts[i] = records.readUInt32LE(at)
      for (let layer = 0; layer < this.layers; layer++) {
        places.bytes[i * this.layers + layer] = records.readUInt32LE(at + 4 + 4 * layer)
        places.at[i * this.layers + layer] = records.readDoubleLE(at + 4 + 4 * this.layers + 8 * layer)
      }
    }
    return { parts, places }
  }
}
