import type { Tile } from '../../src-shared/catalog/scene'
import type { StudioError } from '../../src-shared/errors/studio-error'
import type { Footprint } from '../../src-shared/footprint/footprint'
import type { RejectionReason } from '../../src-shared/footprint/rejection'
import type { Settings } from '../../src-shared/settings/settings'
import type { RasterPool } from '../raster/raster-pool'
import type { ReadingPace } from '../raster/reading-pace'
import type { PatchWindow } from './window'

/** A footprint with its window in the scene that is being cut. */
export interface CutItem {
  footprint: Footprint
  window: PatchWindow
}

/** Everything a sample is made of; arrays are row by row. */
export interface CutSample extends CutItem {
  /** 12 x 32 x 32, order of BANDS. */
  bands: Uint16Array
  /** Pixels of each scene class 0..11. */
  sclCounts: Uint16Array
  /** 2 x 32 x 32: altitude in metres, slope. */
  terrain: Float32Array
  demTile: string
  /** 32 x 32 classes. */
  landcover: Uint8Array
  landcoverTile: string
}

/** What became of the items of one scene. */
export interface CutOutcome {
  samples: CutSample[]
  rejected: { item: CutItem; reason: RejectionReason }[]
  /** Neither sample nor rejection: something could not be read. */
  failed: { item: CutItem; error: StudioError }[]
}

/** Finds tiles by position in degrees; `year` limits them to those of one map year. */
export interface TileLookup {
  /** Tiles that meet west, south, east, north. */
  around(bounds: readonly [number, number, number, number], year?: number): Tile[]
  /** The tile whose nominal cell holds a position, null where there is none. */
  at(lon: number, lat: number, year?: number): Tile | null
}

/** What cutting needs besides scene and footprints. */
export interface CutEnvironment {
  rasters: RasterPool
  pace: ReadingPace
  dem: TileLookup
  landcover: TileLookup
  settings: Settings
  signal: AbortSignal
}
