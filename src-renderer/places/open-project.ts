import { notifications } from '@mantine/notifications'
import { create } from 'zustand'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import type { StudioClient } from '../connection/client'
import { errorOf, studio } from '../connection/studio'
import { useStudio } from '../stores/studio-store'
import { useView } from '../stores/view-store'
import { choosePlace } from './choose-places'

interface OpeningStore {
  /** What is being opened, in words; null while nothing is. */
  busy: string | null
  /** Why the last opening failed. */
  error: SerializedError | null
}

/** The opening of a project or a file: the start screen shows how it goes. */
export const useOpening = create<OpeningStore>()(() => ({ busy: null, error: null }))

/** The command line's word for this fault names its own option. */
function inWindow(error: SerializedError): SerializedError {
  if (error.tag !== 'project-foreign') return error
  return { ...error, hint: 'Choose a folder with a project, or begin a new project in a folder of its own.' }
}

/** @returns whether it was done; an error stands in the store, and in a notification where something open covers it */
export async function opening(busy: string, work: (client: StudioClient) => Promise<void>): Promise<boolean> {
  useOpening.setState({ busy, error: null })
  try {
    await work(await studio())
    useOpening.setState({ busy: null })
    return true
  } catch (thrown) {
    const error = inWindow(errorOf(thrown).toJSON())
    useOpening.setState({ busy: null, error })
    useView.getState().showNext(null)
    const state = useStudio.getState().state
    const covered = state !== null && (state.project !== null || state.file !== null)
    if (covered) notifications.show({ color: 'red', title: error.message, message: error.hint })
    return false
  }
}

/** Asks for name and folder of a new project. */
export function askForNewProject(): void {
  useOpening.setState({ error: null })
  useView.getState().showNewProject(true)
}

export function openProject(folder: string): Promise<boolean> {
  return opening('Opening the project', (client) => client.project.open({ folder }))
}

/** Asks for a folder and opens the project in it. */
export async function chooseAndOpenProject(): Promise<void> {
  const folder = await choosePlace('project')
  if (folder !== null) await openProject(folder)
}

/** Opens the sample project; its run begins by itself, so that the window shows it. */
export function openSample(): Promise<boolean> {
  useView.getState().showNext('generate')
  return opening('Preparing the sample project', (client) => client.project.openSample())
}

/** Begins a project and shows where its data are named. */
export function createProject(folder: string, name: string): Promise<boolean> {
  useView.getState().showNext('sources')
  return opening('Making the project', (client) => client.project.create({ folder, name }))
}
