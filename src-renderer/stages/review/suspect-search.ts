import { useEffect } from 'react'
import { create } from 'zustand'
import type { PatchMeasured } from '../../../src-shared/patches/patch-measure'
import { studio } from '../../connection/studio'
import { isActive, useRun } from '../../stores/run-store'
import { useStudio } from '../../stores/studio-store'
import { samples, useReview, useSamples } from './review-store'

/** Milliseconds until it begins, so that the first pictures come first, and between two pieces of work. */
const BEGIN_MS = 1000
const REST_MS = 40
/** Milliseconds between two times that thumbnails are told what was found. */
const SHOW_MS = 5000

/** How far the search for suspects is; null while nothing is known. */
export const useSuspectSearch = create<{ measured: PatchMeasured | null }>()(() => ({ measured: null }))

/** Looks for suspects among the samples that are listed, a little at a time, while nothing runs. */
export function useSearchForSuspects(): void {
  const { split, file } = useReview(({ query }) => query)
  const version = useSamples((state) => state.version)
  const idle = useRun(({ run }) => !isActive(run))
  const connected = useStudio((store) => store.connected)
  useEffect(() => {
    useSuspectSearch.setState({ measured: null })
    if (version === '' || !idle || !connected) return undefined
    const stop = new AbortController()
    // What cannot be read is said by the list.
    search({ split, file: file ?? null }, stop.signal).catch(() => undefined)
    return () => stop.abort()
  }, [split, file, version, idle, connected])
}

type Source = Parameters<Awaited<ReturnType<typeof studio>>['patches']['measure']>[0]

async function search(source: Source, signal: AbortSignal): Promise<void> {
  await rest(BEGIN_MS)
  let shown = performance.now()
  while (!signal.aborted) {
    const measured = await (await studio()).patches.measure(source, { signal })
    signal.throwIfAborted()
    useSuspectSearch.setState({ measured })
    const isDone = measured.counts !== null
    if (isDone || performance.now() - shown > SHOW_MS) {
      samples.refresh()
      shown = performance.now()
    }
    if (isDone) return
    await rest(REST_MS)
  }
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
