import { basename } from 'node:path'
import type { Scene } from '../../src-shared/catalog/scene'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import { listSome } from '../catalog/wording'
import type { JobContext } from '../process/context'
import { filesOfFolder, PRODUCT_METADATA, withZippedProducts, type ProductFiles } from './product-files'
import { readSafeScene } from './safe-scene'

/** SAFE folders and zip archives of a folder, absolute. */
export interface SafePlaces {
  /** Folders `….SAFE` with what may be a product. */
  products: readonly string[]
  /** Zip archives, whatever they hold. */
  archives: readonly string[]
}

/** Products that are read at the same time, so that a network drive's latency is not paid for each of them. */
const AT_ONCE = 8
/** Names by which an archive counts as a product although it cannot be read. */
const PRODUCT = /S2[A-Z]_(?:USER_)?MSIL2A|\.SAFE/i

/**
 * Reads the Sentinel-2 L2A products in SAFE folders and zip archives. A product that cannot be used is reported through
 * `ctx.skipped`; L1C products and archives of other things are left aside with a line in the log.
 * @param each told how many of them all have been read
 * @returns Scenes in order of the places.
 * @throws StudioError `cancelled`
 */
export async function readSafeProducts(
  { products, archives }: SafePlaces,
  ctx: JobContext,
  each: (done: number, total: number) => void,
): Promise<Scene[]> {
  const aside: string[] = []
  const readers = [
    ...products.map((path) => () => readFolder(path, aside, ctx)),
    ...archives.map((path) => () => readArchive(path, aside, ctx)),
  ]
  const scenes: Scene[] = []
  for (let next = 0; next < readers.length; next += AT_ONCE) {
    throwIfCancelled(ctx.signal)
    each(next, readers.length)
    const read = await Promise.all(readers.slice(next, next + AT_ONCE).map((reader) => reader()))
    scenes.push(...read.flat())
  }
  each(readers.length, readers.length)
  if (aside.length > 0) {
    ctx.log(
      'info',
      `Left aside as no Sentinel-2 L2A: ${counted(aside.length, 'product or archive', 'products or archives')} (${listSome(aside)}).`,
    )
  }
  return scenes
}

async function readFolder(path: string, aside: string[], ctx: JobContext): Promise<Scene[]> {
  const scenes: Scene[] = []
  await reporting(ctx, async () => {
    await readProduct(await filesOfFolder(path, basename(path)), scenes, aside)
  })
  return scenes
}

async function readArchive(path: string, aside: string[], ctx: JobContext): Promise<Scene[]> {
  const scenes: Scene[] = []
  try {
    await withZippedProducts(path, (files) => reporting(ctx, () => readProduct(files, scenes, aside)))
  } catch (error) {
    if (!(error instanceof StudioError)) throw error
    // What is no product may be as it likes.
    if (PRODUCT.test(`${basename(path)} ${error.message}`)) ctx.skipped(error)
    else aside.push(path)
  }
  return scenes
}

async function readProduct(files: ProductFiles, scenes: Scene[], aside: string[]): Promise<void> {
  if (!files.names.includes(PRODUCT_METADATA)) {
    if (/MSIL1C/i.test(files.folder) || files.names.includes('MTD_MSIL1C.xml')) {
      aside.push(files.path)
      return
    }
    // Folders of this name that STAC items point into hold cloud-optimised files and no metadata.
    if (!files.names.some((name) => /^GRANULE\/.*\.jp2$/i.test(name) || name === 'manifest.safe')) return
  }
  scenes.push(await readSafeScene(files))
}

async function reporting(ctx: JobContext, read: () => Promise<void>): Promise<void> {
  try {
    await read()
  } catch (error) {
    if (!(error instanceof StudioError) || error.tag === 'cancelled') throw error
    ctx.skipped(error)
  }
}
