import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

/** The folder of the program: the nearest one with its package file above this one, which is built into dist. */
const home = ['../', '../../', '../../../']
  .map((way) => new URL(way, import.meta.url))
  .find((folder) => existsSync(new URL('package.json', folder)))
const packageFile = new URL('package.json', home ?? import.meta.url)
const packageJson = z
  .object({ name: z.string(), version: z.string() })
  .parse(JSON.parse(readFileSync(packageFile, 'utf8')))

/** Name of the program's package, and of the folder with what it remembers of a person. */
export const SOFTWARE_NAME = packageJson.name

/** Version of the program. */
export const SOFTWARE_VERSION = packageJson.version

/** Name and version, as written into datasets and reports. */
export const SOFTWARE = `${packageJson.name} ${packageJson.version}`

/**
 * Where files are that others open by their path: other programs, native code. In the packaged program they lie beside the
 * archive, which only Electron can look into.
 */
const besideArchive = packageFile.href.replace(/\/app\.asar\/(?=[^/]*$)/, '/app.asar.unpacked/')

/** Folder with the small world that the program is tried on. */
export const SAMPLE = new URL('assets/sample/', besideArchive)

/** The program's icon: files named after their size. */
export const ICONS = new URL('assets/icons/', packageFile)

/** Folder with the built page. */
export const RENDERER = new URL('dist/renderer/', packageFile)

/** The built bridge between the page and the desktop window. */
export const PRELOAD = new URL('dist/preload/preload.cjs', packageFile)

/** Folder with the documentation. */
export const DOCUMENTS = new URL('docs/', besideArchive)

/** The built command line. */
export const COMMAND_LINE = new URL('dist/main/cli.js', packageFile)

/** The built worker process. */
export const WORKER = new URL('dist/main/worker.js', packageFile)
