import type { Map as MapLibreMap } from 'maplibre-gl'
import type { BoundingBox } from '../../../src-shared/settings/field'
import { eastOf, turnsTowards, type Place } from '../geometry'
import type { MapPalette } from '../palette'
import { graticuleStep, meridians, parallels } from './graticule'
import { scaleBar } from './scale-bar'

/** A rectangle on the screen, pixels from the map's upper left corner. */
export interface ScreenBox {
  left: number
  top: number
  right: number
  bottom: number
}

/** What is marked on the map. */
export interface Marks {
  box: BoundingBox | null
  /** A box that is being drawn; shown in place of `box`. */
  drawn: ScreenBox | null
  selected: Place | null
}

const FONT = '12px system-ui, sans-serif'
const EDGE = 8
/** Width at the right that buttons take, with half a label. */
const BUTTONS = 72
const SCALE_PIXELS = 120
/** Tiles of this width at zoom 0, pixels. */
const WORLD_PIXELS = 512
const EQUATOR = 40_075_017

/**
 * The canvas over the map: graticule with labels, scale bar, box, selected footprint. It is drawn in the frame in which
 * the map moves, and needs no fonts from a server as labels of MapLibre would.
 */
export class Overlay {
  readonly #map: MapLibreMap
  readonly #canvas: HTMLCanvasElement
  #palette: MapPalette
  #marks: Marks = { box: null, drawn: null, selected: null }

  constructor(map: MapLibreMap, palette: MapPalette) {
    this.#map = map
    this.#canvas = document.createElement('canvas')
    this.#canvas.ariaHidden = 'true'
    map.getContainer().append(this.#canvas)
    this.#palette = palette
    map.on('move', this.draw)
    map.on('resize', this.draw)
  }

  set palette(palette: MapPalette) {
    this.#palette = palette
    this.draw()
  }

  mark(marks: Partial<Marks>): void {
    this.#marks = { ...this.#marks, ...marks }
    this.draw()
  }

  readonly draw = (): void => {
    const context = this.#begin()
    if (context === null) return
    this.#drawGraticule(context)
    this.#drawScale(context)
    const box = this.#marks.drawn ?? this.#boxOnScreen()
    if (box !== null) drawBox(context, box, this.#palette)
    if (this.#marks.selected !== null) this.#drawSelected(context, this.#marks.selected)
  }

  get #size(): { width: number; height: number } {
    const { clientWidth, clientHeight } = this.#map.getContainer()
    return { width: clientWidth, height: clientHeight }
  }

  #begin(): CanvasRenderingContext2D | null {
    const { width, height } = this.#size
    const ratio = window.devicePixelRatio
    const canvas = this.#canvas
    if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio)
    if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio)
    const context = canvas.getContext('2d')
    context?.setTransform(ratio, 0, 0, ratio, 0, 0)
    context?.clearRect(0, 0, width, height)
    return context
  }

  #drawGraticule(context: CanvasRenderingContext2D): void {
    const { width, height } = this.#size
    const bounds = this.#map.getBounds()
    const step = graticuleStep((WORLD_PIXELS * 2 ** this.#map.getZoom()) / 360)
    const lons = meridians(bounds.getWest(), bounds.getEast(), step).map(({ degrees, label }) => ({
      at: Math.round(this.#map.project([degrees, 0]).x) + 0.5,
      label,
    }))
    const lats = parallels(bounds.getSouth(), bounds.getNorth(), step).map(({ degrees, label }) => ({
      at: Math.round(this.#map.project([bounds.getWest(), degrees]).y) + 0.5,
      label,
    }))
    context.strokeStyle = this.#palette.ink
    context.globalAlpha = 0.22
    context.lineWidth = 1
    context.beginPath()
    for (const { at } of lons) line(context, at, 0, at, height)
    for (const { at } of lats) line(context, 0, at, width, at)
    context.stroke()
    context.globalAlpha = 1
    for (const { at, label } of lons) {
      if (at < width - BUTTONS) this.#label(context, label, at, EDGE + 4, 'center')
    }
    for (const { at, label } of lats) {
      if (at > 3 * EDGE && at < height - EDGE) this.#label(context, label, EDGE, at, 'left')
    }
  }

  #drawScale(context: CanvasRenderingContext2D): void {
    const { width, height } = this.#size
    const { lat } = this.#map.getCenter()
    const metres = (EQUATOR * Math.cos((lat * Math.PI) / 180)) / (WORLD_PIXELS * 2 ** this.#map.getZoom())
    const { pixels, label } = scaleBar(metres, SCALE_PIXELS)
    const [right, y] = [width - EDGE - 0.5, height - 24.5]
    for (const [colour, weight] of [
      [this.#palette.halo, 4],
      [this.#palette.ink, 1.5],
    ] as const) {
      context.strokeStyle = colour
      context.lineWidth = weight
      context.beginPath()
      context.moveTo(right - pixels, y - 4)
      context.lineTo(right - pixels, y)
      context.lineTo(right, y)
      context.lineTo(right, y - 4)
      context.stroke()
    }
    this.#label(context, label, right - pixels / 2, y - 10, 'center')
  }

  /** Text with a halo, so that it is read over any footprints. */
  #label(
    context: CanvasRenderingContext2D,
    text: string,
    x: number,
    y: number,
    align: CanvasTextAlign,
  ): void {
    context.font = FONT
    context.textAlign = align
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    context.lineWidth = 3
    context.strokeStyle = this.#palette.halo
    context.strokeText(text, x, y)
    context.fillStyle = this.#palette.ink
    context.fillText(text, x, y)
  }

  #boxOnScreen(): ScreenBox | null {
    const { box } = this.#marks
    if (box === null) return null
    const [west, south, east, north] = box
    const wide = eastOf(west, east)
    const turn = turnsTowards((west + wide) / 2, this.#map.getCenter().lng)
    const upper = this.#map.project([west + turn, Math.min(north, 85)])
    const lower = this.#map.project([wide + turn, Math.max(south, -85)])
    return { left: upper.x, top: upper.y, right: lower.x, bottom: lower.y }
  }

  #drawSelected(context: CanvasRenderingContext2D, { lon, lat }: Place): void {
    const turn = turnsTowards(lon, this.#map.getCenter().lng)
    const { x, y } = this.#map.project([lon + turn, lat])
    for (const [colour, weight] of [
      [this.#palette.halo, 5],
      [this.#palette.accent, 2.5],
    ] as const) {
      context.strokeStyle = colour
      context.lineWidth = weight
      context.beginPath()
      context.arc(x, y, 10, 0, 2 * Math.PI)
      context.stroke()
    }
  }
}

function line(context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  context.moveTo(x0, y0)
  context.lineTo(x1, y1)
}

function drawBox(context: CanvasRenderingContext2D, box: ScreenBox, palette: MapPalette): void {
  const [width, height] = [box.right - box.left, box.bottom - box.top]
  context.globalAlpha = 0.08
  context.fillStyle = palette.accent
  context.fillRect(box.left, box.top, width, height)
  context.globalAlpha = 1
  context.strokeStyle = palette.accent
  context.lineWidth = 2
  context.strokeRect(box.left, box.top, width, height)
}
