import { resolve } from 'node:path'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import type { JobContext } from '../process/context'
import { readSafeProducts } from '../safe/safe-products'
import type { Catalog } from './catalog'
import { CatalogCollector } from './collector'
import { FileLookup } from './file-lookup'
import { walkCatalogFolder } from './folder-walk'
import { isRemote, resolveHref } from './href'
import { readJsonElements } from './json-elements'
import type { ReadGrid } from './sentinel2-item'
import { parseStacCatalog, stacKind } from './stac-schema'
import { listSome } from './wording'

/** What reading a folder needs from elsewhere. */
export interface FolderCatalogOptions {
  /** Reads the grid of a scene whose item does not give it, from the file of B02. */
  readGrid: ReadGrid
}

/**
 * Reads a folder, and all below it, as a catalog: STAC items in files of their own, item collections, static
 * catalogs with their links, Sentinel-2 products in SAFE folders and zip archives, and DEM and land-cover tiles by file
 * name where no item describes them. Relative hrefs count from the JSON's own place. What is not usable is reported through `ctx.skipped` and left out; of several
 * products of one tile and pass only the best is kept. Progress counts JSON files and products.
 * @throws StudioError `input-missing` where the folder is missing or cannot be read; `cancelled`.
 */
export async function readFolderCatalog(
  folder: string,
  options: FolderCatalogOptions,
  ctx: JobContext,
): Promise<Catalog> {
  const root = resolve(folder)
  const { json, tiles, safe } = await walkCatalogFolder(root, ctx)
  const files = new FileLookup()
  const collector = new CatalogCollector(files, options.readGrid, ctx)
  const reader = new DocumentReader(collector, files, ctx, json)
  const documents = await reader.readAll(safe.products.length + safe.archives.length)
  const scenes = await readSafeProducts(safe, ctx, (done, total) =>
    ctx.progress(documents + done, documents + total),
  )
  for (const scene of scenes) collector.addComplete(scene)
  const catalog = collector.finish(tiles)
  const { dem, landcover } = catalog
  ctx.log(
    'info',
    `${root}: ${counted(catalog.scenes.length, 'scene')}, ${counted(dem.length, 'DEM tile')}, ${counted(landcover.length, 'land-cover tile')}.`,
  )
  return catalog
}

/** Reads JSON documents, each once, and those that they link to. */
class DocumentReader {
  private readonly queue: string[]
  private readonly queued: Set<string>
  private readonly foreign: string[] = []
  private remoteLinks = 0

  constructor(
    private readonly collector: CatalogCollector,
    private readonly files: FileLookup,
    private readonly ctx: JobContext,
    documents: readonly string[],
  ) {
    this.queue = [...documents]
    this.queued = new Set(documents)
  }

  /**
   * @param more how many other things are read afterwards, for the progress
   * @returns how many documents there are, those that are linked to among them
   */
  async readAll(more: number): Promise<number> {
    for (let next = 0; next < this.queue.length; next++) {
      throwIfCancelled(this.ctx.signal)
      this.ctx.progress(next, this.queue.length + more)
      try {
        await this.readDocument(this.queue[next])
      } catch (error) {
        if (!(error instanceof StudioError) || error.tag !== 'catalog-invalid') throw error
        this.ctx.skipped(error)
      }
    }
    this.ctx.progress(this.queue.length, this.queue.length + more)
    if (this.foreign.length > 0) {
      this.ctx.log(
        'info',
        `Left aside as no STAC: ${counted(this.foreign.length, 'JSON file')} (${listSome(this.foreign)}).`,
      )
    }
    if (this.remoteLinks > 0) {
      this.ctx.log('info', `Not followed: ${counted(this.remoteLinks, 'link')} of catalogs to the network.`)
    }
    return this.queue.length
  }

  private async readDocument(file: string): Promise<void> {
    let others = 0
    const read = await readJsonElements(
      file,
      async (element) => {
        if (stacKind(element) === 'item') await this.collector.add(element, file)
        else others++
      },
      this.ctx.signal,
    )
    const kind = read === null ? 'other' : stacKind(read.rest)
    if (kind === 'item') await this.collector.add(read?.rest, file)
    else if (kind === 'catalog') await this.follow(file, read?.rest)
    else if (claimsStac(read?.rest)) this.reportForeignFeatures(file, others)
    else if ((read?.elements ?? 0) === others) this.foreign.push(file)
  }

  /** Queues the documents that a catalog or collection links to. */
  private async follow(file: string, value: unknown): Promise<void> {
    const missing: string[] = []
    for (const { rel, href } of readCatalog(file, value)) {
      if (rel !== 'child' && rel !== 'item') continue
      const target = resolveHref(href, file)
      if (isRemote(target)) {
        this.remoteLinks++
        continue
      }
      const path = await this.files.find(target)
      if (path === null) missing.push(target)
      else if (!this.queued.has(path)) {
        this.queued.add(path)
        this.queue.push(path)
      }
    }
    if (missing.length === 0) return
    throw new StudioError(
      'catalog-invalid',
      `The catalog links to files that are not there: ${listSome(missing)}.`,
      {
        file,
        hint: 'Copy the linked files as well, or remove the links. What is there is used.',
        context: { missing: missing.length },
      },
    )
  }

  private reportForeignFeatures(file: string, count: number): void {
    if (count === 0) return
    this.ctx.skipped(
      new StudioError(
        'catalog-invalid',
        `The item collection holds ${counted(count, 'feature')} without the form of a STAC item.`,
        {
          file,
          hint: 'Fetch the item collection again. The items in it are used.',
          context: { features: count },
        },
      ),
    )
  }
}

function readCatalog(file: string, value: unknown): { rel: string; href: string }[] {
  try {
    return parseStacCatalog(value).links
  } catch (error) {
    if (!(error instanceof StudioError)) throw error
    throw new StudioError(error.tag, error.message, { hint: error.hint, context: error.context, file })
  }
}

/** Whether a feature collection carries a STAC version. */
function claimsStac(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'stac_version' in value
}
