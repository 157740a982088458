import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const DOWNLOADED = resolve(import.meta.dirname, '../../node_modules/electron/dist')
const NAMES = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'] as const

/** The Electron that the desktop window is measured in; null without one, or without a display. */
export function electronPath(): string | null {
  const { ELECTRON_OVERRIDE_DIST_PATH, DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform === 'linux' && DISPLAY === undefined && WAYLAND_DISPLAY === undefined) return null
  const folder = ELECTRON_OVERRIDE_DIST_PATH ?? DOWNLOADED
  return NAMES.map((name) => join(folder, name)).find((path) => existsSync(path)) ?? null
}
