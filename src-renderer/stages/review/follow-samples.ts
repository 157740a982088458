import { useWindowEvent } from '@mantine/hooks'
import { useEffect } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import { useRun } from '../../stores/run-store'
import { useOpenedFile, useProject, useStudio } from '../../stores/studio-store'
import { forgetFiles, samples, useReview } from './review-store'

/**
 * Keeps the list of samples up to date: when batches are finished, another project or file is open, the line or the
 * window comes back.
 * @returns whether the samples that are listed are those of what is open, and not yet of what was open before
 */
export function useFollowedSamples(): boolean {
  const project = useProject()
  const file = useOpenedFile()?.file ?? null
  const connected = useStudio((store) => store.connected)
  const cut = useRun(({ run }) => (run === null ? '' : samplesCut(run)))
  const source = project?.folder ?? file
  const revision = project?.resultsRevision
  useEffect(() => {
    if (source === null || !connected) return
    if (source === useReview.getState().listed) {
      samples.refresh()
      return
    }
    samples.clear()
    forgetFiles(file)
    useReview.setState({ listed: source })
    void samples.show(useReview.getState().query)
  }, [source, file, revision, cut, connected])
  // Files may have been deleted or replaced in another program meanwhile.
  useWindowEvent('focus', () => samples.refresh())
  return useReview(({ listed }) => source !== null && listed === source)
}

/** Changes with every batch that is finished. */
function samplesCut({ funnel: { train, test } }: RunState): string {
  return `${train.samples} ${test.samples}`
}
