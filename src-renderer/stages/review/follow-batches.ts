import { useEffect } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import { useRun } from '../../stores/run-store'
import { useProject, useStudio } from '../../stores/studio-store'
import { forgetFiles, samples, useReview } from './review-store'

/** Folder of the project whose samples are listed. */
let listed: string | null = null

/** Keeps the list of samples up to date: when batches are finished, the project changes, or the line comes back. */
export function useFollowedBatches(): void {
  const project = useProject()
  const connected = useStudio((store) => store.connected)
  const cut = useRun(({ run }) => (run === null ? '' : samplesCut(run)))
  const folder = project?.folder ?? null
  const revision = project?.resultsRevision
  useEffect(() => {
    if (folder === null || !connected) return
    if (folder === listed) {
      samples.refresh()
      return
    }
    listed = folder
    samples.clear()
    forgetFiles()
    void samples.show(useReview.getState().query)
  }, [folder, revision, cut, connected])
}

/** Changes with every batch that is finished. */
function samplesCut({ funnel: { train, test } }: RunState): string {
  return `${train.samples} ${test.samples}`
}
