import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { optionalTool } from '../e2e/tools'
import { runTask } from './processes'
import type { WorldPart } from './tasks/preparing'

/** The folder of everything that the benchmarks make, kept from run to run and out of version control. */
export const CACHE = resolve(import.meta.dirname, '../../.cache/bench')

/** Changes when the data that the benchmarks make change. */
const VERSION = 1

/**
 * The folder of a part of the data, made where it is not there yet. A part gets its name when it is complete.
 * @param told what is about to be made
 */
export async function cachedFolder(kind: WorldPart['kind'], told: (kind: string) => void): Promise<string> {
  const folder = join(CACHE, `${kind}-${VERSION}`)
  if (existsSync(folder)) return folder
  const imagery = kind === 'plans' ? await cachedFolder('imagery', told) : ''
  told(kind)
  const part = `${folder}.part`
  await rm(part, { recursive: true, force: true })
  await runTask('prepare', { kind, folder: part, imagery, withGdal: optionalTool('rasterio') }, false, null)
  await rename(part, folder)
  return folder
}
