import { FILL_VALUE } from '../footprints/shot-columns'
import {
  TILE_LAYERS,
  TILE_POINTS,
  type DensityProperties,
  type PointProperties,
} from '../../src-shared/explore/layers'
import type { BaseCells } from './base-cells'
import { DensitySums } from './density-sums'
import { SHOWN, type MapRows } from './map-rows'
import { cellKey, columnOf, KEY_LEVEL, rowOf } from './mercator'
import { firstAtLeast } from './spatial-order'
import { forEachInTile, forEachPoint, rowsInCell, unitX, unitY, type TileAddress } from './tile-rows'
import { EXTENT, VectorTileLayer } from './vector-tile'

/** Levels from a tile to the cells of its density: 64 along an edge. */
const CELL_LEVELS = 6
const CELLS = 2 ** (2 * CELL_LEVELS)
const CELL_EDGE = EXTENT / 2 ** CELL_LEVELS

/**
 * A vector tile of a layer, see TILE_LAYERS; no bytes where it shows nothing and outside of the map.
 * @param dropped whether footprints that are not kept are shown too
 */
export function makeTile(
  rows: MapRows,
  base: BaseCells,
  tile: TileAddress,
  dropped: boolean,
): Uint8Array<ArrayBuffer> {
  const edge = 2 ** tile.z
  if (tile.x >= edge || tile.y >= edge) return new Uint8Array()
  const { start, end } = rowsInCell(rows.keys, tile)
  if (end - start > TILE_POINTS) {
    const sums = densityOf(rows, base, tile)
    if (shownIn(sums, dropped) > TILE_POINTS) return densityTile(sums, dropped)
  }
  return pointTile(rows, tile, dropped)
}

/** Sums over the cells of a tile, by their keys in the tile. */
function densityOf(rows: MapRows, base: BaseCells, tile: TileAddress): DensitySums {
  const sums = new DensitySums(CELLS)
  const level = tile.z + CELL_LEVELS
  if (level <= base.level) {
    const finer = base.level - tile.z
    const key = cellKey(tile.x, tile.y)
    const from = base.sums(rows)
    const end = firstAtLeast(base.keys, (key + 1) * 4 ** finer)
    for (let cell = firstAtLeast(base.keys, key * 4 ** finer); cell < end; cell++) {
      sums.addCell(from, cell, (base.keys[cell] >>> (2 * (finer - CELL_LEVELS))) & (CELLS - 1))
    }
  } else if (level <= KEY_LEVEL) {
    const { start, end } = rowsInCell(rows.keys, tile)
    const shift = 2 * (KEY_LEVEL - level)
    let from = start
    while (from < end) {
      const cell = rows.keys[from] >>> shift
      let to = from + 1
      while (to < end && rows.keys[to] >>> shift === cell) to++
      sums.addRows(rows, from, to, cell & (CELLS - 1))
      from = to
    }
  } else {
    const { lon, lat } = rows.places
    forEachInTile(rows, tile, (row) => {
      const column = Math.floor(unitX(lon[row], tile) / CELL_EDGE)
      sums.addRows(rows, row, row + 1, cellKey(column, Math.floor(unitY(lat[row], tile) / CELL_EDGE)))
    })
  }
  return sums
}

function shownIn({ count, dropped }: DensitySums, withDropped: boolean): number {
  let shown = 0
  for (let cell = 0; cell < CELLS; cell++) shown += count[cell] + (withDropped ? dropped[cell] : 0)
  return shown
}

function densityTile(sums: DensitySums, withDropped: boolean): Uint8Array<ArrayBuffer> {
  const layer = new VectorTileLayer<DensityProperties>(TILE_LAYERS.density)
  for (let cell = 0; cell < CELLS; cell++) {
    const count = sums.count[cell]
    const dropped = withDropped ? sums.dropped[cell] : 0
    if (count + dropped === 0) continue
    layer.tag('count', count)
    layer.tag('train', sums.train[cell])
    layer.tag('test', sums.test[cell])
    if (count > 0) {
      layer.tag('agbd', tenths(sums.agbd[cell] / count))
      layer.tag('doy', Math.round(sums.days[cell] / count))
    }
    layer.tag('done', sums.done[cell])
    layer.tag('rejected', sums.rejected[cell])
    layer.tag('failed', sums.failed[cell])
    layer.tag('dropped', dropped)
    layer.square(columnOf(cell) * CELL_EDGE, rowOf(cell) * CELL_EDGE, CELL_EDGE)
  }
  return layer.tile()
}

function pointTile(rows: MapRows, tile: TileAddress, dropped: boolean): Uint8Array<ArrayBuffer> {
  const { places, status, shown, splits, days } = rows
  const least = dropped ? SHOWN.dropped : SHOWN.kept
  const layer = new VectorTileLayer<PointProperties>(TILE_LAYERS.points)
  let points = 0
  forEachPoint(rows, tile, (row, x, y) => {
    if (shown[status[row]] < least) return
    const agbd = places.agbd[row]
    if (Number.isFinite(agbd) && agbd !== FILL_VALUE) layer.tag('agbd', tenths(agbd))
    layer.tag('split', splits[places.origin[row]])
    layer.tag('doy', days[places.origin[row]])
    layer.tag('state', rows.state(status[row]))
    layer.point(row, x, y)
    points++
  })
  return points === 0 ? new Uint8Array() : layer.tile()
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
