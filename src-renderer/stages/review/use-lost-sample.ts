import { useEffect, useState } from 'react'
import type { GridSample } from '../../../src-shared/api/contract'
import type { StudioError } from '../../../src-shared/errors/studio-error'
import { errorOf, studio } from '../../connection/studio'
import { sampleRef } from '../../patches/sample-key'
import { useStudio } from '../../stores/studio-store'
import { samples, useSamples } from './review-store'

/** A sample that is shown large and has left the list. */
interface LostSample {
  sample: GridSample
  /** Why it cannot be read any more; null while that is being found out. */
  error: StudioError | null
  tryAgain: () => void
}

/**
 * The sample that was shown large when it left the list; null where there is none. What can still be read has left it for
 * another reason, such as a filter, and the sample in its place is shown.
 */
export function useLostSample(): LostSample | null {
  const lost = useSamples((state) => state.lost)
  const connected = useStudio((store) => store.connected)
  const [attempt, setAttempt] = useState(0)
  const [known, setKnown] = useState<{ sample: GridSample; error: StudioError } | null>(null)
  useEffect(() => {
    if (lost === null || !connected) return undefined
    let wanted = true
    const find = async (): Promise<void> => {
      try {
        await (await studio()).patches.detail(sampleRef(lost))
        if (wanted) await samples.findLost()
      } catch (thrown) {
        const error = errorOf(thrown)
        if (wanted && error.tag !== 'studio-unreachable') setKnown({ sample: lost, error })
      }
    }
    void find()
    return () => {
      wanted = false
    }
  }, [lost, attempt, connected])
  if (lost === null) return null
  const error = known?.sample === lost ? known.error : null
  return { sample: lost, error, tryAgain: () => setAttempt((before) => before + 1) }
}
