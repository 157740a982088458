import { z } from 'zod'
import type { Scene, Tile } from '../../src-shared/catalog/scene'
import { BAND_NAMES } from '../../src-shared/dataset/bands'
import { StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import { httpsHref } from '../http/bucket-href'
import type { JobContext } from '../process/context'
import type { Catalog } from './catalog'
import { classifyItem, type ItemKind } from './classify'
import { dropRepeatedScenes } from './duplicates'
import type { FileLookup } from './file-lookup'
import { fileStem, isRemote, resolveHref } from './href'
import { isNetworkFailure, withOptions } from './network-failure'
import { completeScene, parseSentinel2Item, type ReadGrid, type SceneDraft } from './sentinel2-item'
import { parseStacItem, type StacItem } from './stac-schema'
import { parseTileItem } from './tile-item'
import { parseTileName, type TileKind } from './tile-name'
import { listSome } from './wording'

/** What is known of an item beside itself. */
export interface ItemHints {
  /** What it was searched for as, where its collection alone does not tell. */
  searchedFor?: ItemKind | null
  /** Whether its files want no token, whatever the collection. */
  unsigned?: boolean
}

/**
 * Gathers items of a folder or of servers into a catalog: each item once, files of this machine only where they are
 * there, files of others only at http and https addresses.
 */
export class CatalogCollector {
  private readonly scenes = new Map<string, Scene>()
  private readonly tiles: Readonly<Record<TileKind, Map<string, Tile>>> = {
    dem: new Map(),
    landcover: new Map(),
  }
  /** Items of no use, counted by collection. */
  private readonly unused = new Map<string, number>()
  private readonly reported = new Set<string>()

  constructor(
    private readonly files: FileLookup,
    private readonly readGrid: ReadGrid,
    private readonly ctx: JobContext,
  ) {}

  /**
   * Takes a JSON value that claims to be a STAC item; reports it where it is not usable.
   * @param document Absolute path or URL of the JSON document it stands in; relative hrefs count from there.
   * @throws StudioError `cancelled`; that of a network which fails while a file's header is read
   */
  async add(value: unknown, document: string, hints: ItemHints = {}): Promise<void> {
    try {
      await this.addItem(parseStacItem(value), document, hints)
    } catch (thrown) {
      const error = located(toStudioError(thrown), value, document)
      if (error.tag === 'internal' || isNetworkFailure(error)) throw error
      // The same item may stand in its own file and in a collection; one report is enough.
      if (this.reported.has(error.message)) return
      this.reported.add(error.message)
      this.ctx.skipped(error)
    }
  }

  /** Takes a scene that needs no item, as of a SAFE product; an item of the same product comes first. */
  addComplete(scene: Scene): void {
    for (const known of this.scenes.values()) if (known.product === scene.product) return
    this.scenes.set(scene.id, scene)
  }

  /** The catalog of all that was added, and of the tile files that no item describes. */
  finish(tileFiles: readonly string[]): Catalog {
    for (const href of tileFiles) {
      const name = fileStem(href)
      const named = parseTileName(name)
      if (named === null || this.tiles[named.kind].has(href)) continue
      this.tiles[named.kind].set(href, { name, href, bounds: named.bounds, year: named.year })
    }
    const { kept, repeated } = dropRepeatedScenes([...this.scenes.values()])
    this.logList(
      repeated.map(({ scene, keptInstead }) => `${scene.id} (kept ${keptInstead.id})`),
      (count) => `${counted(count, 'scene')} left out for another product of the same tile and pass:`,
    )
    this.logList(
      [...this.unused].map(([collection, count]) => `${count} of ${collection}`),
      () => 'Items that are no Sentinel-2 L2A, DEM or land cover are left aside:',
    )
    const unknown = kept.filter((scene) => scene.baseline === null).length
    if (unknown > 0) {
      this.ctx.log(
        'warning',
        `${counted(unknown, 'scene')} without a processing baseline; the offset of baseline 04.00 is assumed by sensing date.`,
      )
    }
    return { scenes: kept, dem: byName(this.tiles.dem), landcover: byName(this.tiles.landcover) }
  }

  private async addItem(
    item: StacItem,
    document: string,
    { searchedFor, unsigned = false }: ItemHints,
  ): Promise<void> {
    const kind = classifyItem(item, searchedFor)
    const shown = <T extends { collection?: string | undefined }>(found: T): T =>
      unsigned ? withoutCollection(found) : found
    const resolve = (href: string): string => reachable(resolveHref(href, document), item.id)
    if (kind === 'sentinel-2') await this.addScene(shown(parseSentinel2Item(item, resolve)))
    else if (kind !== null) await this.addTile(shown(parseTileItem(item, kind, resolve)), kind)
    else {
      const collection = item.collection ?? 'no collection'
      this.unused.set(collection, (this.unused.get(collection) ?? 0) + 1)
    }
  }

  private async addScene(draft: SceneDraft): Promise<void> {
    const { id } = draft
    const known = this.scenes.get(id)
    if (known !== undefined) {
      if (known.datetime === draft.datetime) return
      throw new StudioError('catalog-invalid', `Scene id ${id} stands for two different scenes.`, {
        hint: 'Give one of the items another id; the one read first is used.',
        context: { item: id },
      })
    }
    const bands = { ...draft.bands }
    const missing: string[] = []
    const found = await Promise.all(BAND_NAMES.map((band) => this.files.find(bands[band])))
    BAND_NAMES.forEach((band, i) => {
      const path = found[i]
      if (path === null) missing.push(band)
      else bands[band] = path
    })
    if (missing.length > 0) throw missingFiles(id, missing)
    this.scenes.set(id, await completeScene({ ...draft, bands }, this.readGrid))
  }

  private async addTile(tile: Tile, kind: TileKind): Promise<void> {
    if (this.tiles[kind].has(tile.href)) return
    const href = await this.files.find(tile.href)
    if (href === null) {
      throw new StudioError('raster-unreadable', `The file of tile ${tile.name} is not there: ${tile.href}`, {
        hint: 'Copy the file to where the item says, or remove the item.',
        context: { tile: tile.name },
      })
    }
    this.tiles[kind].set(href, { ...tile, href })
  }

  private logList(names: readonly string[], title: (count: number) => string): void {
    if (names.length > 0) this.ctx.log('info', `${title(names.length)} ${listSome(names)}.`)
  }
}

function missingFiles(id: string, missing: readonly string[]): StudioError {
  return new StudioError('scene-incomplete', `Scene ${id} lacks the files of ${missing.join(', ')}.`, {
    hint: 'Copy the band files to where the item says, or fetch the scene again.',
    context: { item: id, missing: missing.join(',') },
  })
}

/**
 * Where a file is read from: a path as it is, an address as one of http or https.
 * @throws StudioError `catalog-invalid` for other addresses
 */
function reachable(href: string, item: string): string {
  if (!isRemote(href)) return href
  const address = httpsHref(href)
  if (address !== null) return address
  throw new StudioError('catalog-invalid', `Item ${item} has a file at an address that is not followed.`, {
    hint: 'Only http and https addresses, and public s3:// and gs:// ones, are read.',
    context: { item, href: href.replace(/[?#].*$/, '') },
  })
}

function withoutCollection<T extends { collection?: string | undefined }>(found: T): T {
  const copy = { ...found }
  delete copy.collection
  return copy
}

const namesSchema = z.object({
  id: z.string().optional().catch(undefined),
  collection: z.string().nullish().catch(null),
})

/** The error with the document that the item stands in, and for one from a server with host, collection and item. */
function located(error: StudioError, value: unknown, document: string): StudioError {
  const file = error.file ?? document
  if (!isRemote(document)) return withOptions(error, { file })
  const { id, collection } = namesSchema.safeParse(value).data ?? {}
  const context = {
    host: new URL(document).host,
    ...(typeof collection === 'string' ? { collection } : {}),
    ...(id === undefined ? {} : { item: id }),
    ...error.context,
  }
  return withOptions(error, { file, context })
}

function byName(tiles: ReadonlyMap<string, Tile>): Tile[] {
  const key = (tile: Tile): string => `${tile.name} ${tile.href}`
  return [...tiles.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
