import type { Scene } from '../../src-shared/catalog/scene'
import { DAY_MS, startOfUtcDay } from '../../src-shared/footprint/time'
import { utmProjection, type Projection } from '../raster/projection'
import { windowAt, type PatchWindow } from '../sample/window'
import { gridBounds } from './grid-outline'
import { CELL_COUNT, cellAt, forEachCell, growBounds } from './lonlat-cells'

/** A scene that may serve a footprint, with the footprint's window in it. */
export interface Candidate {
  scene: Scene
  window: PatchWindow
}

/** The settings of the scene choice. */
export interface SceneLimits {
  /** Largest distance in whole UTC days between scene and footprint. */
  maxDays: number
  /** Percent; a scene must have less. */
  maxCloudCover: number
  /** How many scenes to return at most. */
  candidates: number
}

/** What the scene choice needs of a footprint. */
export interface Acquisition {
  /** WGS 84, degrees. */
  lon: number
  lat: number
  /** Milliseconds since 1970-01-01 UTC. */
  acquisitionTime: number
}

/** The scenes that touch one cell of one degree, by sensing time. */
interface Cell {
  times: Float64Array
  /** Positions in the list of scenes. */
  scenes: Int32Array
}

/** Degrees by which the outline of a raster is widened, far above what rounding can do to it. */
const OUTLINE_MARGIN = 0.001

/**
 * Finds the scenes of a footprint. Built once over all scenes of a run: cells of one degree, in each the scenes that
 * touch it by time, so that a footprint costs a binary search and a look at the scenes of its days, and one
 * projection per UTM zone among them. Scenes on the same grid share one window test.
 */
export class SceneIndex {
  private readonly scenes: readonly Scene[]
  private readonly cells: (Cell | undefined)[]
  private readonly cloudCover: Float64Array
  /** For each scene, which of the distinct grids it lies on. */
  private readonly gridOf: Int32Array
  private readonly grids: Scene['grid'][] = []
  private readonly zoneOfGrid: number[] = []
  private readonly zones: Projection[] = []
  /** Per call of `candidates`: position in each zone and window in each grid, valid where the stamp is the call's. */
  private readonly positions: { stamp: number; x: number; y: number }[]
  private readonly windows: { stamp: number; window: PatchWindow | null }[]
  private stamp = 0

  /** @throws StudioError `catalog-invalid` where a scene is in no UTM zone. */
  constructor(scenes: readonly Scene[]) {
    this.scenes = scenes
    this.cloudCover = Float64Array.from(scenes, (scene) => scene.cloudCover)
    this.gridOf = this.distinctGrids(scenes)
    this.cells = fillCells(scenes, this.gridOf, this.grids, (grid) => this.zones[this.zoneOfGrid[grid]].epsg)
    this.positions = this.zones.map(() => ({ stamp: 0, x: 0, y: 0 }))
    this.windows = this.grids.map(() => ({ stamp: 0, window: null }))
  }

  /**
   * The scenes for a footprint, best first: sensed at most `maxDays` UTC days before or after its day, less cloudy
   * than the limit, and with the footprint's whole window inside the 10 m raster; ordered by cloud cover, then
   * distance in time, then id. Empty where there is none (rejection `no-scene`).
   */
  candidates(footprint: Acquisition, limits: SceneLimits): Candidate[] {
    const cell = this.cells[cellAt(footprint.lon, footprint.lat)]
    if (cell === undefined || limits.candidates < 1) return []
    this.stamp++
    const day = startOfUtcDay(footprint.acquisitionTime)
    const until = day + (limits.maxDays + 1) * DAY_MS
    const best: number[] = []
    for (let i = lowerBound(cell.times, day - limits.maxDays * DAY_MS); i < cell.times.length; i++) {
      if (cell.times[i] >= until) break
      const scene = cell.scenes[i]
      if (!(this.cloudCover[scene] < limits.maxCloudCover)) continue
      const place = this.placeOf(scene, best, footprint.acquisitionTime)
      if (place >= limits.candidates || this.windowIn(this.gridOf[scene], footprint) === null) continue
      best.splice(place, 0, scene)
      if (best.length > limits.candidates) best.pop()
    }
    return best.flatMap((scene) => {
      const window = this.windowIn(this.gridOf[scene], footprint)
      return window === null ? [] : [{ scene: this.scenes[scene], window }]
    })
  }

  /** Where a scene belongs in a list that is ordered best first. */
  private placeOf(scene: number, best: readonly number[], time: number): number {
    let place = best.length
    while (place > 0 && this.isBetter(scene, best[place - 1], time)) place--
    return place
  }

  private isBetter(a: number, b: number, time: number): boolean {
    const cloud = this.cloudCover[a] - this.cloudCover[b]
    if (cloud !== 0) return cloud < 0
    const sceneA = this.scenes[a]
    const sceneB = this.scenes[b]
    const distance = Math.abs(sceneA.datetime - time) - Math.abs(sceneB.datetime - time)
    return distance === 0 ? sceneA.id < sceneB.id : distance < 0
  }

  private windowIn(grid: number, footprint: Acquisition): PatchWindow | null {
    const known = this.windows[grid]
    if (known.stamp === this.stamp) return known.window
    const zone = this.zoneOfGrid[grid]
    const position = this.positions[zone]
    if (position.stamp !== this.stamp) {
      const [x, y] = this.zones[zone].forward(footprint.lon, footprint.lat)
      position.stamp = this.stamp
      position.x = x
      position.y = y
    }
    known.stamp = this.stamp
    known.window = windowAt(this.grids[grid], position.x, position.y)
    return known.window
  }

  private distinctGrids(scenes: readonly Scene[]): Int32Array {
    const grids = new Map<string, number>()
    const zones = new Map<number, number>()
    return Int32Array.from(scenes, ({ epsg, grid }) => {
      const key = [epsg, grid.x0, grid.y0, grid.width, grid.height].join(' ')
      const known = grids.get(key)
      if (known !== undefined) return known
      const zone = zones.get(epsg) ?? this.zones.push(utmProjection(epsg)) - 1
      zones.set(epsg, zone)
      grids.set(key, this.grids.length)
      this.zoneOfGrid.push(zone)
      return this.grids.push(grid) - 1
    })
  }
}

function fillCells(
  scenes: readonly Scene[],
  gridOf: Int32Array,
  grids: readonly Scene['grid'][],
  epsgOf: (grid: number) => number,
): (Cell | undefined)[] {
  const cellsOfGrid = grids.map((grid, i) => {
    const cells: number[] = []
    forEachCell(growBounds(gridBounds(epsgOf(i), grid), OUTLINE_MARGIN), (cell) => cells.push(cell))
    return cells
  })
  const byTime = Int32Array.from(scenes, (_, i) => i).sort((a, b) => scenes[a].datetime - scenes[b].datetime)
  const members = new Map<number, number[]>()
  for (const scene of byTime) {
    for (const cell of cellsOfGrid[gridOf[scene]]) {
      const list = members.get(cell)
      if (list === undefined) members.set(cell, [scene])
      else list.push(scene)
    }
  }
  const cells = Array.from<Cell | undefined>({ length: CELL_COUNT })
  for (const [cell, list] of members) {
    cells[cell] = {
      times: Float64Array.from(list, (scene) => scenes[scene].datetime),
      scenes: Int32Array.from(list),
    }
  }
  return cells
}

/** First position whose value is not below `value`. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}
