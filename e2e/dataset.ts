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
