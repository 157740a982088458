import { z } from 'zod'
import type { Bounds } from '../../src-shared/catalog/scene'
import { boundsMeet, forEachCell, growBounds, longitudeExtent } from '../catalog/lonlat-cells'
import { horizontalBounds } from '../catalog/stac-schema'
import type { CellDay } from './footprint-extents'
import { tileReach } from './tile-reach'

const placeSchema = z.object({ bbox: z.array(z.number()) })

/**
 * Tells which items lie where no footprint is: searches reach a tile's width around footprints, and so find scenes of
 * tiles that hold none of them. These are not looked at any further.
 */
export class NearFootprints {
  /** Extent of the footprints in each cell of one degree. */
  private readonly extents = new Map<number, Bounds>()

  constructor(cells: readonly CellDay[]) {
    for (const { cell, extent } of cells) {
      const known = this.extents.get(cell)
      const [west, south, east, north] = extent
      const all: Bounds =
        known === undefined
          ? extent
          : [
              Math.min(known[0], west),
              Math.min(known[1], south),
              Math.max(known[2], east),
              Math.max(known[3], north),
            ]
      this.extents.set(cell, all)
    }
  }

  /**
   * Whether the tile of a scene may hold a footprint, by the box of the scene's data: the tile reaches no further from
   * one side of the box than a tile is wide. True for an item without a box.
   */
  mayConcern(item: unknown): boolean {
    const { data } = placeSchema.safeParse(item)
    const bounds = data === undefined ? null : horizontalBounds(data.bbox)
    if (bounds === null) return true
    const around = tileAround(bounds)
    let isNear = false
    forEachCell(around, (cell) => {
      const extent = this.extents.get(cell)
      isNear ||= extent !== undefined && boundsMeet(around, extent)
    })
    return isNear
  }
}

/** Where the tile of a scene may lie whose data have these bounds. */
function tileAround(bounds: Bounds): Bounds {
  const [, south, , north] = bounds
  const furthest = Math.max(Math.abs(south), Math.abs(north))
  const high = tileReach(furthest)
  const wide = high / Math.cos((Math.min(89, furthest + high) * Math.PI) / 180)
  const down = Math.max(0, high - (north - south))
  const across = Math.max(0, wide - longitudeExtent(bounds))
  const [left, , right] = growBounds(bounds, across)
  return [left, Math.max(-90, south - down), right, Math.min(90, north + down)]
}
