import { create } from 'zustand'
import type { PreflightItem } from '../../../src-shared/api/inspection'
import type { SerializedError } from '../../../src-shared/errors/studio-error'
import { errorOf, studio } from '../../connection/studio'

interface PreflightStore {
  folder: string | null
  /** Kept while it is looked at again. */
  items: readonly PreflightItem[] | null
  error: SerializedError | null
}

/** What is to be known before a run. */
export const usePreflight = create<PreflightStore>()(() => ({ folder: null, items: null, error: null }))

/** Looks at it again. */
export async function loadPreflight(folder: string, signal: AbortSignal): Promise<void> {
  const { getState, setState } = usePreflight
  if (getState().folder !== folder) setState({ folder, items: null, error: null })
  try {
    const client = await studio()
    const items = await client.run.preflight(undefined, { signal })
    if (!signal.aborted) setState({ items, error: null })
  } catch (thrown) {
    if (!signal.aborted) setState({ error: errorOf(thrown).toJSON() })
  }
}
