import { notifications } from '@mantine/notifications'
import { create } from 'zustand'
import type { PlaceKind } from '../../src-shared/api/places'
import { errorOf, studio } from '../connection/studio'
import { useStudio } from '../stores/studio-store'

/** What the folder browser of the served application is asked for. */
interface PlaceRequest {
  kind: PlaceKind
  multiple: boolean
  answer(paths: string[] | null): void
}

interface PlaceBrowserStore {
  request: PlaceRequest | null
  /** Folder in which something was chosen last; the next choice begins there. */
  folder: string | null
}

/** The open question of the folder browser; one at a time. */
export const usePlaceBrowser = create<PlaceBrowserStore>()(() => ({ request: null, folder: null }))

/**
 * Lets people choose folders or files: in a native dialog in the desktop window, in a list of the server's folders in
 * the browser.
 * @returns absolute paths; null where nothing was chosen
 */
export async function choosePlaces(kind: PlaceKind, multiple = false): Promise<string[] | null> {
  return useStudio.getState().state?.face === 'desktop'
    ? chooseNatively(kind, multiple)
    : browse(kind, multiple)
}

/** One folder or file; null where nothing was chosen. */
export async function choosePlace(kind: PlaceKind): Promise<string | null> {
  const paths = await choosePlaces(kind)
  return paths?.[0] ?? null
}

async function chooseNatively(kind: PlaceKind, multiple: boolean): Promise<string[] | null> {
  try {
    return await (await studio()).places.choose({ kind, multiple })
  } catch (thrown) {
    const error = errorOf(thrown)
    notifications.show({ color: 'red', title: error.message, message: error.hint })
    return null
  }
}

function browse(kind: PlaceKind, multiple: boolean): Promise<string[] | null> {
  usePlaceBrowser.getState().request?.answer(null)
  return new Promise((resolve) => {
    usePlaceBrowser.setState({
      request: {
        kind,
        multiple,
        answer: (paths) => {
          usePlaceBrowser.setState({ request: null })
          resolve(paths)
        },
      },
    })
  })
}
