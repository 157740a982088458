import { useEffect, useState } from 'react'
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

/** A folder to be read. A new object asks anew, also for the same folder. */
interface Wanted {
  /** null: the first of the roots. */
  path: string | null
  /** Whether the roots are shown where it cannot be read: nobody asked for it now. */
  remembered: boolean
}

/** Folders of the machine that runs the program, beginning where something was chosen last. */
export function useListing(kind: PlaceKind): Listing {
  const [wanted, setWanted] = useState<Wanted>(() => {
    const path = usePlaceBrowser.getState().folder
    return { path, remembered: path !== null }
  })
  const [answered, setAnswered] = useState<Wanted | null>(null)
  const [listing, setListing] = useState<FolderListing | null>(null)
  const [error, setError] = useState<SerializedError | null>(null)

  useEffect(() => {
    let left = false
    void read()
    return () => {
      left = true
    }

    async function read(): Promise<void> {
      try {
        const answer = await (await studio()).places.browse({ path: wanted.path, kind })
        if (left) return
        setListing(answer)
        setError(null)
        setAnswered(wanted)
      } catch (thrown) {
        if (left) return
        if (wanted.remembered) {
          setWanted({ path: null, remembered: false })
          return
        }
        setError(errorOf(thrown).toJSON())
        setAnswered(wanted)
      }
    }
  }, [wanted, kind])

  return {
    listing,
    error,
    loading: answered !== wanted,
    go: (path) => setWanted({ path, remembered: false }),
  }
}
