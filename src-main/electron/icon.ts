import { nativeImage } from 'electron'
import { fileURLToPath } from 'node:url'
import { ICONS } from '../software'

/**
 * The program's icon, as `scripts/make-icons.mjs` has drawn it.
 * @param size pixels of each side; one that there is a file of
 */
export function icon(size: 22 | 256): Electron.NativeImage {
  return nativeImage.createFromPath(fileURLToPath(new URL(`${size}x${size}.png`, ICONS)))
}
