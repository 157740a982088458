import { useCallback, useEffect, useRef, useState } from 'react'
import type { FolderListing, PlaceKind } from '../../src-shared/api/places'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import { errorOf, studio } from '../connection/studio'
import { usePlaceBrowser } from './choose-places'

interface Listing {
  /** The folder shown; the one before stays while the next is being read, or where that cannot be. */
  listing: FolderListing | null
  error: SerializedError | null
  loading: boolean
  /** Shows another folder; null: the first of the roots. */
  go: (path: string | null) => void
}

/** Folders of the machine that runs the program, beginning where something was chosen last. */
export function useListing(kind: PlaceKind): Listing {
  const [listing, setListing] = useState<FolderListing | null>(null)
  const [error, setError] = useState<SerializedError | null>(null)
  const [loading, setLoading] = useState(true)
  const newest = useRef(0)

  const read = useCallback(
    async (path: string | null, otherwise: string | null | undefined): Promise<void> => {
      const mine = ++newest.current
      const isNewest = (): boolean => newest.current === mine
      try {
        const answer = await (await studio()).places.browse({ path, kind })
        if (!isNewest()) return
        setListing(answer)
        setError(null)
      } catch (thrown) {
        if (!isNewest()) return
        if (otherwise === undefined) setError(errorOf(thrown).toJSON())
        else await read(otherwise, undefined)
      } finally {
        if (isNewest()) setLoading(false)
      }
    },
    [kind],
  )

  useEffect(() => {
    const before = usePlaceBrowser.getState().folder
    void read(before, before === null ? undefined : null)
  }, [read])

  return {
    listing,
    error,
    loading,
    go: (path) => {
      setLoading(true)
      setError(null)
      void read(path, undefined)
    },
  }
}
