import { notifications } from '@mantine/notifications'
import type { ProjectChange } from '../../src-shared/api/contract'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import type { Sources } from '../../src-shared/run/project'
import type { Settings } from '../../src-shared/settings/settings'
import { errorOf, studio } from '../connection/studio'
import type { StudioClient } from '../connection/client'

/**
 * Asks the studio for something whose answer shows elsewhere; an error is told in a notification.
 * @returns whether it was done
 */
export async function ask(work: (client: StudioClient) => Promise<unknown>): Promise<boolean> {
  const error = await attempt(work)
  if (error !== null) tellError(error)
  return error === null
}

/** Asks the studio for something whose error is told in its place. @returns the error, null where it was done */
export async function attempt(
  work: (client: StudioClient) => Promise<unknown>,
): Promise<SerializedError | null> {
  try {
    await work(await studio())
    return null
  } catch (thrown) {
    return errorOf(thrown).toJSON()
  }
}

/** Tells an error in a notification. */
export function tellError({ message, hint }: SerializedError): void {
  notifications.show({ color: 'red', title: message, message: hint, autoClose: 10_000 })
}

/** Changes settings of the open project, as one step of undo. */
export function changeSettings(settings: Partial<Settings>): Promise<boolean> {
  return ask((client) => client.project.update({ settings }))
}

/** Changes sources of the open project, as one step of undo. */
export function changeSources(sources: Partial<Sources>): Promise<boolean> {
  const change: ProjectChange = { sources }
  return ask((client) => client.project.update(change))
}
