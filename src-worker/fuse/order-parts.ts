import { bytesPerSample, type DatasetName } from '../../src-shared/dataset/datasets'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Settings } from '../../src-shared/settings/settings'
import { RawFormatError } from '../hdf5/raw-file'
import type { DatasetChoice } from '../hdf5/dataset-choice'
import { StoredSamples } from '../hdf5/stored-samples'
import type { CopyablePart } from './copyable-part'
import { countRanked, LEFT_OUT, unfit } from './fuse-order'
import { randomOrder, spatialOrder } from './training-order'

/** In which order samples lie in the result: `subset` as they are counted, see TrainingOrder for the others. */
export interface WantedOrder {
  order: Settings['order']
  seed: number
}

const SHOT = 'GEDI Shot Number'
const LAT_LON = 'GEDI Lat Lon'

/**
 * Places of the samples of all parts in the order that is wanted.
 * @param ranks their places in the order of the subset
 * @throws StudioError `dataset-invalid` where a part is damaged, or lacks what the order goes by
 */
export function orderParts(
  parts: readonly CopyablePart[],
  ranks: readonly Uint32Array[],
  choice: DatasetChoice,
  { order, seed }: WantedOrder,
): readonly Uint32Array[] {
  if (order === 'subset') return ranks
  const count = countRanked(ranks)
  const keys = { shots: new BigInt64Array(count), latLon: new Float32Array(2 * count) }
  parts.forEach(({ path, copyFrom }, k) => {
    const file = new StoredSamples(copyFrom, choice)
    try {
      const shots = new BigInt64Array(readColumn(file, SHOT, path, order))
      const latLon = new Float32Array(readColumn(file, LAT_LON, path, order))
      ranks[k].forEach((rank, row) => {
        if (rank === LEFT_OUT) return
        keys.shots[rank] = shots[row]
        keys.latLon.set(latLon.subarray(2 * row, 2 * row + 2), 2 * rank)
      })
    } catch (error) {
      if (!(error instanceof RawFormatError)) throw error
      throw unfit(path, `The batch file cannot be read: ${error.message}.`, error)
    } finally {
      file.close()
    }
  })
  const places = order === 'spatial' ? spatialOrder(keys) : randomOrder(keys, seed)
  return ranks.map((ofPart) => ofPart.map((rank) => (rank === LEFT_OUT ? LEFT_OUT : places[rank])))
}

function readColumn(file: StoredSamples, name: DatasetName, path: string, order: string): ArrayBuffer {
  const field = file.choice.columns.find(({ spec }) => spec.name === name)
  if (field === undefined) {
    throw new StudioError('dataset-invalid', `The ${order} order goes by ${name}, which the file lacks.`, {
      file: path,
      hint: 'Leave --order out; samples then lie in the order of the files.',
    })
  }
  const bytes = new Uint8Array(file.samples * bytesPerSample(field.spec))
  if (file.samples > 0 && !file.readRows(field.spec, 0, file.samples, bytes))
    throw new RawFormatError(`${name} has a damaged chunk`)
  return bytes.buffer
}
