import { create } from 'zustand'
import type { ColourBy } from './colour-by'
import type { Camera } from './engine/map-engine'
import type { Place } from './geometry'

/** How a map is looked at; kept while the window is open, so that a step is found as it was left. */
export interface MapView {
  /** null: it has not been moved yet and shows all footprints. */
  camera: Camera | null
  /** null: as the step begins. */
  colourBy: ColourBy | null
  logAgbd: boolean
  showDropped: boolean
  showScenes: boolean
  /** A footprint that another step asked to see; marked until one is picked. */
  marked: Place | null
}

const BEGIN: MapView = {
  camera: null,
  colourBy: null,
  logAgbd: false,
  showDropped: false,
  showScenes: false,
  marked: null,
}

interface MapViewStore {
  views: Readonly<Record<string, MapView>>
}

const useViews = create<MapViewStore>()(() => ({ views: {} }))

/** Name of the view of a project's map. */
export function mapViewName(folder: string, id: string): string {
  return `${folder} ${id}`
}

/** The view of the map with this name. */
export function useMapView(id: string): MapView {
  return useViews(({ views }) => viewOf(views, id))
}

/** The view of the map with this name as it is now. */
export function mapView(id: string): MapView {
  return viewOf(useViews.getState().views, id)
}

export function changeMapView(id: string, change: Partial<MapView>): void {
  useViews.setState(({ views }) => ({ views: { ...views, [id]: { ...viewOf(views, id), ...change } } }))
}

function viewOf(views: MapViewStore['views'], id: string): MapView {
  return Object.hasOwn(views, id) ? views[id] : BEGIN
}
