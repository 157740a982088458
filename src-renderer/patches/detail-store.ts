import { useEffect, useEffectEvent } from 'react'
import { create } from 'zustand'
import type { GridSample } from '../../src-shared/api/contract'
import type { StudioError } from '../../src-shared/errors/studio-error'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { errorOf, studio } from '../connection/studio'
import { useStudio } from '../stores/studio-store'
import { sampleKey, sampleRef } from './sample-key'

/** Details that are kept: some hundred kilobytes each. */
const KEPT = 24
/** Milliseconds a sample is looked at before its detail is asked for, so that a held arrow key asks for few. */
const PATIENCE_MS = 60

type Entry = { detail: PatchDetail } | { error: StudioError }

interface DetailStore {
  entries: ReadonlyMap<string, Entry>
  /** Raised to ask again for what failed. */
  attempt: number
}

const useDetails = create<DetailStore>()(() => ({ entries: new Map(), attempt: 0 }))

/** All that is known of a sample; `detail` and `error` are null while it is being read. */
export interface DetailState {
  detail: PatchDetail | null
  error: StudioError | null
}

const NOTHING: DetailState = { detail: null, error: null }

/** Reads everything of one sample, and again when its batch was cut anew. */
export function usePatchDetail(sample: GridSample | null): DetailState {
  const key = sample === null ? null : `${sampleKey(sample)} ${sample.version}`
  const entry = useDetails(({ entries }) => (key === null ? undefined : entries.get(key)))
  const attempt = useDetails((details) => details.attempt)
  const connected = useStudio((store) => store.connected)
  const read = useEffectEvent((signal: AbortSignal) => {
    if (sample !== null && key !== null) void load(key, sample, signal)
  })
  useEffect(() => {
    const known = key === null ? undefined : useDetails.getState().entries.get(key)
    if (key === null || !connected || (known !== undefined && 'detail' in known)) return undefined
    const stop = new AbortController()
    const timer = setTimeout(() => read(stop.signal), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [key, attempt, connected])
  if (entry === undefined) return NOTHING
  return 'detail' in entry ? { detail: entry.detail, error: null } : { detail: null, error: entry.error }
}

/** Asks again for a sample whose detail could not be read. */
export function tryDetailsAgain(): void {
  useDetails.setState(({ entries, attempt }) => ({
    entries: new Map([...entries].filter(([, entry]) => 'detail' in entry)),
    attempt: attempt + 1,
  }))
}

async function load(key: string, sample: GridSample, signal: AbortSignal): Promise<void> {
  try {
    const client = await studio()
    const detail = await client.patches.detail(sampleRef(sample), { signal })
    keep(key, { detail })
  } catch (thrown) {
    if (!signal.aborted) keep(key, { error: errorOf(thrown) })
  }
}

function keep(key: string, entry: Entry): void {
  useDetails.setState(({ entries }) => {
    const others = [...entries].filter(([other]) => other !== key)
    return { entries: new Map([...others.slice(1 - KEPT), [key, entry]]) }
  })
}
