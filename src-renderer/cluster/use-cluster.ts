import { useEffect, useState } from 'react'
import type { ClusterState } from '../../src-shared/api/cluster-state'
import { follow } from '../connection/studio'

/** Follows the tasks of the open project for as long as they are looked at; null until the studio has answered. */
export function useCluster(folder: string | null): ClusterState | null {
  const [kept, setKept] = useState<{ folder: string; state: ClusterState } | null>(null)
  useEffect(() => {
    if (folder === null) return
    const stop = new AbortController()
    void follow(
      (client, signal) => client.cluster.state(undefined, { signal }),
      (state) => setKept({ folder, state }),
      stop.signal,
    )
    return () => stop.abort()
  }, [folder])
  return kept?.folder === folder ? kept.state : null
}
