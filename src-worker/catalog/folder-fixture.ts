import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { StudioError } from '../../src-shared/errors/studio-error'
import { quietContext, type JobContext } from '../process/context'
import type { Catalog } from './catalog'
import { readFolderCatalog } from './folder'
import { planetaryComputerItem, type ItemJson } from './item-fixtures'
import type { RasterGrid, ReadGrid } from './sentinel2-item'

/** File names of a DEM and a land-cover tile, without extension. */
export const DEM_NAME = 'Copernicus_DSM_COG_10_N47_00_E008_00_DEM'
export const MAP_NAME = 'ESA_WorldCover_10m_2020_v100_N45E006_Map'

/** For worlds in which every item gives its grid. */
export const noGrid: ReadGrid = (): Promise<RasterGrid> => Promise.reject(new Error('no grid'))

/** A throw-away folder of imagery, with what reading it as a catalog reported. */
export class ImageryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'catalog-'))
  readonly skipped: StudioError[] = []
  readonly lines: string[] = []

  /** Writes a file, objects as JSON, and gives its path. */
  write(path: string, content: unknown): string {
    const file = join(this.path, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  /** An item whose band files are written beside it. */
  itemWithBands(
    place: string,
    changes: { id?: string; properties?: Record<string, unknown> } = {},
  ): ItemJson {
    const item = planetaryComputerItem(changes.properties)
    item.id = changes.id ?? item.id
    for (const asset of Object.values(item.assets)) {
      const href = `./bands/${item.id}/${String(asset.href).slice(8)}`
      asset.href = href
      this.write(join(place, href), 'raster')
    }
    return item
  }

  /** Reads the folder, or one inside it, as a catalog. */
  read(
    options: { readGrid?: ReadGrid; inside?: string; context?: Partial<JobContext> } = {},
  ): Promise<Catalog> {
    const ctx: JobContext = {
      ...quietContext(),
      skipped: (error) => void this.skipped.push(error),
      log: (level, message) => void this.lines.push(`${level}: ${message}`),
      ...options.context,
    }
    return readFolderCatalog(
      join(this.path, options.inside ?? ''),
      { readGrid: options.readGrid ?? noGrid },
      ctx,
    )
  }

  tags(): string[] {
    return this.skipped.map(({ tag }) => tag)
  }

  remove(): void {
    rmSync(this.path, { recursive: true })
  }
}
