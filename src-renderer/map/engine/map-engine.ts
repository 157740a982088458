import { Map as MapLibreMap, prewarm, setWorkerUrl, VectorTileSource, type PointLike } from 'maplibre-gl'
import type { BoundingBox } from '../../../src-shared/settings/field'
import { boxBetween, eastOf, wrapLongitude, type Bounds, type Place } from '../geometry'
import workerAddress from '../worker/map-worker.ts?worker&url'
import { BoxTool } from './box-tool'
import { serveCoasts } from './coasts'
import { FOOTPRINTS, mapStyle, POINT_LAYERS, SQUARE_LAYERS, type MapPicture } from './map-style'
import { Overlay, type ScreenBox } from './overlay'
import { squareSchema, type Picked } from './picked'

setWorkerUrl(workerAddress)
// The worker stays when a map is left, so that the next one begins at once.
prewarm()
serveCoasts()

/** Where the map looks. */
export interface Camera {
  centre: Place
  zoom: number
}

interface EngineOptions {
  /** Name of the map for those who do not see it. */
  label: string
  camera: Camera | null
  picture: MapPicture
  /** Told when the map has come to rest; without camera as long as nobody has chosen the place. */
  onRest: (camera: Camera | null, shown: Bounds) => void
  /** null: nothing was there. */
  onPick: (picked: Picked | null) => void
  onBox: (box: BoundingBox) => void
}

/** How far from a click a footprint may be, pixels; the keyboard asks for the nearest one around the centre. */
const CLICK_REACH = 5
const CENTRE_REACH = 48
const FIT_PADDING = 32
/** Closest view: 25 m are then about 170 pixels at the equator. */
const CLOSEST = 20
const FARTHEST = 0
const START: Camera = { centre: { lon: 10, lat: 20 }, zoom: 1 }

/** The map itself: MapLibre with the overlay and the box tool, told by the component what to show. */
export class MapEngine {
  readonly #map: MapLibreMap
  readonly #overlay: Overlay
  readonly #boxTool: BoxTool
  readonly #options: EngineOptions
  #picture: MapPicture
  /** Whether a person or a fit has chosen the place. */
  #placed: boolean
  /** Whether the first style has been read; a change before that would begin it anew. */
  #ready = false

  /** @throws GPUInitializationError where the browser has no WebGL 2 */
  constructor(container: HTMLElement, options: EngineOptions) {
    const { centre, zoom } = options.camera ?? START
    this.#options = options
    this.#picture = options.picture
    this.#placed = options.camera !== null
    this.#map = new MapLibreMap({
      container,
      style: mapStyle(options.picture),
      center: [centre.lon, centre.lat],
      zoom,
      minZoom: FARTHEST,
      maxZoom: CLOSEST,
      attributionControl: false,
      maplibreLogo: false,
      boxZoom: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      locale: { 'Map.Title': options.label },
    })
    this.#map.touchZoomRotate.disableRotation()
    this.#map.keyboard.disableRotation()
    this.#overlay = new Overlay(this.#map, options.picture.palette)
    this.#boxTool = new BoxTool(container, {
      onChange: (drawn) => this.#overlay.mark({ drawn }),
      onDrawn: (box) => this.#boxDrawn(box),
    })
    this.#map.on('movestart', ({ originalEvent }) => {
      if (originalEvent !== undefined) this.#placed = true
    })
    this.#map.on('moveend', () => this.#rested())
    this.#map.on('click', ({ point }) => options.onPick(this.#pickAt(point.x, point.y, CLICK_REACH)))
    this.#map.once('style.load', () => {
      this.#ready = true
      this.show(this.#picture)
    })
    this.#map.once('load', () => this.#rested())
    container.ariaBusy = 'true'
    this.#map.on('dataloading', () => (container.ariaBusy = 'true'))
    this.#map.on('idle', () => (container.ariaBusy = 'false'))
    // What cannot be read is asked for again with the next move; the page's own error states say what is wrong.
    this.#map.on('error', () => undefined)
  }

  /** Shows another picture; only what changed is drawn anew, and old tiles stay until the new ones are there. */
  show(picture: MapPicture): void {
    const before = this.#picture.tiles
    this.#picture = picture
    this.#overlay.palette = picture.palette
    if (!this.#ready) return
    const source = this.#map.getSource(FOOTPRINTS)
    if (picture.tiles !== null && picture.tiles !== before && source instanceof VectorTileSource) {
      source.setTiles([picture.tiles])
    }
    this.#map.setStyle(mapStyle(picture), { diff: true })
  }

  mark(box: BoundingBox | null, selected: Place | null): void {
    this.#overlay.mark({ box, selected })
  }

  /** Whether a drag draws a box instead of moving the map. */
  draw(active: boolean): void {
    this.#boxTool.active = active
    this.#map.getCanvas().style.cursor = active ? 'crosshair' : ''
  }

  fit({ west, south, east, north }: Bounds, animate: boolean): void {
    this.#placed = true
    const corners: [number, number, number, number] = [west, south, eastOf(west, east), north]
    this.#map.fitBounds(corners, { padding: FIT_PADDING, maxZoom: 14, animate, duration: 150 })
  }

  zoomIn(): void {
    this.#placed = true
    this.#map.zoomIn({ duration: 150 })
  }

  zoomOut(): void {
    this.#placed = true
    this.#map.zoomOut({ duration: 150 })
  }

  /** Moves closer to a place. */
  approach({ lon, lat }: Place): void {
    this.#map.easeTo({ center: [lon, lat], zoom: this.#map.getZoom() + 2, duration: 150 })
  }

  /** Picks what is nearest to the centre of the map, for those without a pointer. */
  pickCentre(): void {
    const { clientWidth, clientHeight } = this.#map.getContainer()
    this.#options.onPick(this.#pickAt(clientWidth / 2, clientHeight / 2, CENTRE_REACH))
  }

  destroy(): void {
    this.#map.remove()
  }

  #rested(): void {
    const { lng, lat } = this.#map.getCenter()
    const bounds = this.#map.getBounds()
    this.#options.onRest(this.#placed ? { centre: { lon: lng, lat }, zoom: this.#map.getZoom() } : null, {
      west: wrapLongitude(bounds.getWest()),
      south: bounds.getSouth(),
      east: wrapLongitude(bounds.getEast()),
      north: bounds.getNorth(),
    })
  }

  #boxDrawn(box: ScreenBox): void {
    const decimals = Math.min(6, Math.max(2, Math.ceil(this.#map.getZoom() / 3)))
    const [one, other] = [this.#placeAt(box.left, box.top), this.#placeAt(box.right, box.bottom)]
    const drawn = boxBetween(one, other, decimals)
    if (drawn !== null) this.#options.onBox(drawn)
  }

  #placeAt(x: number, y: number): Place {
    const { lng, lat } = this.#map.unproject([x, y])
    return { lon: lng, lat }
  }

  #pickAt(x: number, y: number, reach: number): Picked | null {
    if (this.#picture.tiles === null) return null
    const around: [PointLike, PointLike] = [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ]
    const points = this.#map.queryRenderedFeatures(around, { layers: [...POINT_LAYERS] })
    let nearest: { row: number; place: Place; distance: number } | null = null
    for (const { id, geometry } of points) {
      if (geometry.type !== 'Point' || typeof id !== 'number') continue
      const [lon, lat] = geometry.coordinates
      const at = this.#map.project([lon, lat])
      const distance = Math.hypot(at.x - x, at.y - y)
      if (nearest === null || distance < nearest.distance)
        nearest = { row: id, place: { lon, lat }, distance }
    }
    if (nearest !== null) return { kind: 'footprint', row: nearest.row, place: nearest.place }
    const square = this.#map.queryRenderedFeatures([x, y], { layers: [...SQUARE_LAYERS] }).at(0)
    const properties = squareSchema.safeParse(square?.properties)
    return properties.success ? { kind: 'square', square: properties.data, place: this.#placeAt(x, y) } : null
  }
}
