import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'] as const

/** The browser that the window is measured in: CHROMIUM_PATH, or the first on the search path; null without one. */
export function chromiumPath(): string | null {
  const given = process.env.CHROMIUM_PATH
  if (given !== undefined) return given
  const folders = (process.env.PATH ?? '').split(delimiter)
  return (
    NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path)) ??
    null
  )
}
