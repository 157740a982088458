import type { Scene, Tile } from '../../src-shared/catalog/scene'
import { BAND_NAMES } from '../../src-shared/dataset/bands'
import { StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import type { JobContext } from '../process/context'
import type { Catalog } from './catalog'
import { classifyItem } from './classify'
import { dropRepeatedScenes } from './duplicates'
import type { FileLookup } from './file-lookup'
import { fileStem, isRemote, resolveHref } from './href'
import { completeScene, parseSentinel2Item, type ReadGrid } from './sentinel2-item'
import { parseStacItem, type StacItem } from './stac-schema'
import { parseTileItem } from './tile-item'
import { parseTileName, type TileKind } from './tile-name'
import { listSome } from './wording'

/** Gathers the items of a folder into a catalog: each item once, only those whose files are there. */
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

  /** Takes a JSON value that claims to be a STAC item; reports it where it is not usable. */
  async add(value: unknown, document: string): Promise<void> {
    try {
      await this.addItem(parseStacItem(value), document)
    } catch (thrown) {
      const error = inFile(toStudioError(thrown), document)
      if (error.tag === 'internal' || error.tag === 'cancelled') throw error
      // The same item may stand in its own file and in a collection; one report is enough.
      if (this.reported.has(error.message)) return
      this.reported.add(error.message)
      this.ctx.skipped(error)
    }
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

  private async addItem(item: StacItem, document: string): Promise<void> {
    const kind = classifyItem(item)
    const resolve = (href: string): string => resolveHref(href, document)
    if (kind === 'sentinel-2') await this.addScene(item, resolve)
    else if (kind !== null) await this.addTile(parseTileItem(item, kind, resolve), kind)
    else {
      const collection = item.collection ?? 'no collection'
      this.unused.set(collection, (this.unused.get(collection) ?? 0) + 1)
    }
  }

  private async addScene(item: StacItem, resolve: (href: string) => string): Promise<void> {
    const draft = parseSentinel2Item(item, resolve)
    const known = this.scenes.get(item.id)
    if (known !== undefined) {
      if (known.datetime === draft.datetime) return
      throw new StudioError('catalog-invalid', `Scene id ${item.id} stands for two different scenes.`, {
        hint: 'Give one of the items another id; the one read first is used.',
        context: { item: item.id },
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
    if (missing.length > 0) throw missingFiles(item.id, missing, draft.bands.B02)
    this.scenes.set(item.id, await completeScene({ ...draft, bands }, this.readGrid))
  }

  private async addTile(tile: Tile, kind: TileKind): Promise<void> {
    if (this.tiles[kind].has(tile.href)) return
    const href = await this.files.find(tile.href)
    if (href === null) {
      throw new StudioError('raster-unreadable', `The file of tile ${tile.name} is not there: ${tile.href}`, {
        hint: isRemote(tile.href) ? REMOTE_HINT : 'Copy the file to where the item says, or remove the item.',
        context: { tile: tile.name },
      })
    }
    this.tiles[kind].set(href, { ...tile, href })
  }

  private logList(names: readonly string[], title: (count: number) => string): void {
    if (names.length > 0) this.ctx.log('info', `${title(names.length)} ${listSome(names)}.`)
  }
}

const REMOTE_HINT = 'It is on the network; copy the files into the folder and let the items point to them.'

function missingFiles(id: string, missing: readonly string[], b02: string): StudioError {
  return new StudioError('scene-incomplete', `Scene ${id} lacks the files of ${missing.join(', ')}.`, {
    hint: isRemote(b02)
      ? REMOTE_HINT
      : 'Copy the band files to where the item says, or fetch the scene again.',
    context: { item: id, missing: missing.join(',') },
  })
}

function inFile(error: StudioError, file: string): StudioError {
  if (error.file !== undefined) return error
  const { hint, context, cause } = error
  return new StudioError(error.tag, error.message, {
    hint,
    context,
    file,
    ...(cause === undefined ? {} : { cause }),
  })
}

function byName(tiles: ReadonlyMap<string, Tile>): Tile[] {
  const key = (tile: Tile): string => `${tile.name} ${tile.href}`
  return [...tiles.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
