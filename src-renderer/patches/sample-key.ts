import type { SampleRef } from '../../src-shared/api/run-state'

/** One text for one sample, as long as its batch is not cut anew. */
export function sampleKey({ split, batch, row }: SampleRef): string {
  return `${split}/${batch}/${row}`
}

/** "train batch 12, row 40": how a sample is found again in its file. */
export function samplePlace({ split, batch, row }: SampleRef): string {
  return `${split} batch ${batch}, row ${row}`
}
