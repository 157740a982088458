import { useEffect } from 'react'
import { create } from 'zustand'
import type { StudioError } from '../../../src-shared/errors/studio-error'
import type { Leakage } from '../../../src-shared/run/leakage'
import { errorOf, studio } from '../../connection/studio'
import { isActive, useRun } from '../../stores/run-store'
import { useProject, useStudio } from '../../stores/studio-store'

/** What is known of how near test is to train. */
export type LeakageState =
  | { state: 'measuring' }
  | { state: 'failed'; error: StudioError }
  /** null: there is nothing to measure yet. */
  | { state: 'known'; leakage: Leakage | null }

interface LeakageStore {
  known: LeakageState
  /** Raised to measure again. */
  attempt: number
}

const useStore = create<LeakageStore>()(() => ({ known: { state: 'measuring' }, attempt: 0 }))

/** Folder of the project that is measured. */
let measured: string | null = null

/** How near test is to train in the open project, measured again whenever results have changed and nothing runs. */
export function useLeakage(): LeakageState {
  const project = useProject()
  const connected = useStudio((store) => store.connected)
  const active = useRun(({ run }) => run !== null && isActive(run))
  const folder = project?.folder ?? null
  const revision = project?.resultsRevision
  const attempt = useStore((store) => store.attempt)
  useEffect(() => {
    if (folder === null || !connected || active) return undefined
    if (folder !== measured) useStore.setState({ known: { state: 'measuring' } })
    measured = folder
    const stop = new AbortController()
    void measure(stop.signal)
    return () => stop.abort()
  }, [folder, revision, active, connected, attempt])
  return useStore((store) => store.known)
}

/** Measures again, after that failed. */
export function measureAgain(): void {
  useStore.setState(({ attempt }) => ({ known: { state: 'measuring' }, attempt: attempt + 1 }))
}

async function measure(signal: AbortSignal): Promise<void> {
  try {
    const client = await studio()
    const leakage = await client.datasets.leakage(undefined, { signal })
    if (!signal.aborted) useStore.setState({ known: { state: 'known', leakage } })
  } catch (thrown) {
    if (!signal.aborted) useStore.setState({ known: { state: 'failed', error: errorOf(thrown) } })
  }
}
