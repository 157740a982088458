import { create } from 'zustand'
import type { SourceCheck } from '../../../src-shared/api/inspection'
import type { SerializedError } from '../../../src-shared/errors/studio-error'
import type { Sources } from '../../../src-shared/run/project'
import { errorOf, studio } from '../../connection/studio'

/** The sources that a check reads. */
type Checked = Pick<Sources, 'demSource' | 'landcoverSource'> & { source: string }

interface CheckStore {
  state: 'none' | 'checking' | 'found' | 'failed'
  /** What the result is of; it is not shown for other sources. */
  key: string
  found: SourceCheck | null
  error: SerializedError | null
}

/** The last check of the imagery sources; it stays while other steps are looked at. */
export const useCheck = create<CheckStore>()(() => ({ state: 'none', key: '', found: null, error: null }))

/** By what a check is known. */
export function checkKey({
  source,
  demSource,
  landcoverSource,
}: Omit<Checked, 'source'> & { source: string | null }): string {
  return JSON.stringify([source, demSource, landcoverSource])
}

/** Reads what the sources offer; the result stands in the store. */
export async function checkSources(sources: Checked): Promise<void> {
  const key = checkKey(sources)
  useCheck.setState({ state: 'checking', key, found: null, error: null })
  try {
    const found = await (await studio()).sources.check(sources)
    if (useCheck.getState().key === key) useCheck.setState({ state: 'found', found })
  } catch (thrown) {
    const error = errorOf(thrown).toJSON()
    if (useCheck.getState().key === key) useCheck.setState({ state: 'failed', error })
  }
}
