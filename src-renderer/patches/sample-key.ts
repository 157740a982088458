import type { SampleRef } from '../../src-shared/api/run-state'
import type { GridSample } from '../../src-shared/api/contract'
import type { Split } from '../../src-shared/footprint/footprint'

/** One text for one sample, as long as its file is not made anew. */
export function sampleKey({ split, batch, row, file }: SampleRef): string {
  return file === undefined ? `${split}/${batch}/${row}` : `${file}/${row}`
}

/** The address of a sample alone. */
export function sampleRef({ split, batch, row, file }: SampleRef): SampleRef {
  return { split, batch, row, ...(file === undefined ? {} : { file }) }
}

/** "train batch 12, row 40": how a sample is found again in its file. */
export function samplePlace({ split, batch, row, file }: SampleRef): string {
  if (file === undefined) return `${split} batch ${batch}, row ${row}`
  return file === 'train' || file === 'test' ? `${file} dataset, row ${row}` : `opened file, row ${row}`
}

/** Split of a sample; null where its file does not say. */
export function splitOf({ split, file, inSplit }: GridSample): Split | null {
  return file === undefined ? split : (inSplit ?? null)
}

/** What a sample is called: by its shot, by its row where the file has no shot numbers. */
export function sampleName({ shotNumber, row }: Pick<GridSample, 'shotNumber' | 'row'>): string {
  return shotNumber === '0' ? `Row ${row}` : `Shot ${shotNumber}`
}
