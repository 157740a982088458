import { homedir } from 'node:os'
import { join } from 'node:path'
import { SOFTWARE_NAME } from '../software'

/**
 * Folder for what belongs to the person rather than to a project: recent projects, the sample project. The same for the
 * desktop window and the served application, so that both know the same projects.
 */
export function dataFolder(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  return join(settingsFolder(platform, environment), SOFTWARE_NAME, 'studio')
}

/** Where programs keep what they remember of a person. */
function settingsFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  const home = homedir()
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  if (platform === 'win32') return environment.APPDATA ?? join(home, 'AppData', 'Roaming')
  const { XDG_CONFIG_HOME: given } = environment
  return given === undefined || given === '' ? join(home, '.config') : given
}
