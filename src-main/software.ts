import { readFileSync } from 'node:fs'
import { z } from 'zod'

const packageFile = new URL('../../package.json', import.meta.url)
const packageJson = z
  .object({ name: z.string(), version: z.string() })
  .parse(JSON.parse(readFileSync(packageFile, 'utf8')))

/** Version of the program. */
export const SOFTWARE_VERSION = packageJson.version

/** Name and version, as written into datasets and reports. */
export const SOFTWARE = `${packageJson.name} ${packageJson.version}`

/** Folder with the files that come with the program. */
export const ASSETS = new URL('../../assets/', import.meta.url)
