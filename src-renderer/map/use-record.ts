import { useEffect, useState } from 'react'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import type { ExploreLayer } from '../../src-shared/explore/layers'
import type { ExploreRecord } from '../../src-shared/explore/record'
import { errorOf, studio } from '../connection/studio'

interface RecordState {
  /** null while it is being read. */
  record: ExploreRecord | null
  error: SerializedError | null
}

const READING: RecordState = { record: null, error: null }

/** The record of a footprint. The component that asks is made anew for another row. */
export function useRecord(layer: ExploreLayer, row: number): RecordState {
  const [state, setState] = useState(READING)
  useEffect(() => {
    const left = new AbortController()
    void studio()
      .then((client) => client.explore.record({ layer, row }, { signal: left.signal }))
      .then(
        (record) => ({ record, error: null }),
        (thrown: unknown) => ({ record: null, error: errorOf(thrown).toJSON() }),
      )
      .then((answer) => {
        if (!left.signal.aborted) setState(answer)
      })
    return () => left.abort()
  }, [layer, row])
  return state
}
