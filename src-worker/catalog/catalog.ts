import type { Scene, Tile } from '../../src-shared/catalog/scene'
import { StudioError } from '../../src-shared/errors/studio-error'

/** The imagery that a source offers. */
export interface Catalog {
  /** By id. */
  scenes: Scene[]
  /** Tiles of the Copernicus DEM, by name. */
  dem: Tile[]
  /** Tiles of ESA WorldCover, by name. */
  landcover: Tile[]
}

const LACKING: Readonly<Record<keyof Catalog, { what: string; hint: string }>> = {
  scenes: {
    what: 'no usable Sentinel-2 L2A scene',
    hint: 'Give --source a folder or a STAC API with Sentinel-2 L2A where and when the footprints are; terrain and land cover may come from elsewhere (--dem-source, --landcover-source).',
  },
  dem: {
    what: 'no tile of the Copernicus DEM',
    hint: 'Give --dem-source aws, or a folder with STAC items of the DEM or with files like Copernicus_DSM_COG_10_N47_00_E008_00_DEM.tif.',
  },
  landcover: {
    what: 'no tile of ESA WorldCover',
    hint: 'Give --landcover-source aws, or a folder with STAC items of WorldCover or with files like ESA_WorldCover_10m_2020_v100_N45E006_Map.tif.',
  },
}

/**
 * Checks that a catalog has something of one kind.
 * @param source Folder or provider that the catalog was read from, for the message.
 * @throws StudioError `catalog-empty` saying what is lacking and what would do.
 */
export function requireInCatalog(catalog: Catalog, kind: keyof Catalog, source: string): void {
  if (catalog[kind].length > 0) return
  const { what, hint } = LACKING[kind]
  throw new StudioError('catalog-empty', `The source has ${what}.`, { file: source, hint, context: { kind } })
}
