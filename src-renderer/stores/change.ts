import { notifications } from '@mantine/notifications'
import type { ProjectChange } from '../../src-shared/api/contract'
import type { Sources } from '../../src-shared/run/project'
import type { Settings } from '../../src-shared/settings/settings'
import { errorOf, studio } from '../connection/studio'
import type { StudioClient } from '../connection/client'

/**
 * Asks the studio for something whose answer shows elsewhere; an error is told in a notification.
 * @returns whether it was done
 */
export async function ask(work: (client: StudioClient) => Promise<unknown>): Promise<boolean> {
  try {
    await work(await studio())
    return true
  } catch (thrown) {
    const error = errorOf(thrown)
    notifications.show({ color: 'red', title: error.message, message: error.hint, autoClose: 10_000 })
    return false
  }
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
