import { createHash } from 'node:crypto'
import { DATASETS, type DatasetName } from '../src-shared/dataset/datasets'
import type { NumericArray } from '../src-worker/hdf5/element-type'
import { withHdf5 } from '../src-worker/hdf5/file-reader'
import { datasetPath } from '../src-worker/hdf5/samples-file'

/** Everything in a dataset file: numbers as typed arrays, texts as lists. */
export type DatasetContent = Record<DatasetName, NumericArray | string[]>

/** Reads all 17 datasets of a small dataset file. */
export async function readDataset(path: string): Promise<DatasetContent> {
  const content = new Map<string, NumericArray | string[]>()
  await withHdf5(path, (file) => {
    for (const { name, type } of DATASETS) {
      const at = datasetPath(name)
      content.set(name, type.kind === 'string' ? file.readStrings(at) : file.read(at))
    }
  })
  return Object.fromEntries(content) as unknown as DatasetContent
}

/**
 * A digest of each dataset: equal where every byte is. Comparing the values themselves one by one takes seconds.
 */
export function digestsOf(content: DatasetContent): Record<string, string> {
  return Object.fromEntries(
    Object.entries(content).map(([name, values]) => {
      const bytes = Array.isArray(values)
        ? JSON.stringify(values)
        : new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
      const kind = `${values.constructor.name} of ${values.length}`
      return [name, `${kind}: ${createHash('sha256').update(bytes).digest('hex')}`]
    }),
  )
}
