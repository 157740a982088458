import type { DatasetName } from '../../src-shared/dataset/datasets'
import type { SampleColumns } from './sample-columns'

/** Takes note of a fault of the sample that is being checked. */
type ReportFault = (dataset: DatasetName, kind: string, text: string) => void

/** A rule that every sample of a dataset keeps. */
export interface SampleCheck {
  /** Datasets that it looks at; it is left out where one of them cannot be read. */
  needs: readonly DatasetName[]
  check: (columns: SampleColumns, i: number, fault: ReportFault) => void
}

export function sampleCheck(needs: readonly DatasetName[], check: SampleCheck['check']): SampleCheck {
  return { needs, check }
}
