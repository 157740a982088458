import type { Place } from '../map/geometry'
import { changeMapView, mapViewName } from '../map/map-view-store'
import { useRun } from '../stores/run-store'
import { useView } from '../stores/view-store'

/** Close enough to tell neighbours along the track apart, which are 60 m from each other. */
const ZOOM = 14

/**
 * Goes to the step whose map shows the footprints of the subset, with the map at a footprint and the footprint marked:
 * Generate where it has results to show, else Subset.
 * @param folder of the open project
 */
export function showFootprint(folder: string, place: Place): void {
  const { run } = useRun.getState()
  const asked = run === null ? 0 : run.funnel.train.asked + run.funnel.test.asked
  const stage = asked > 0 ? 'generate' : 'subset'
  changeMapView(mapViewName(folder, stage), { camera: { centre: place, zoom: ZOOM }, marked: place })
  useView.getState().showStage(stage)
}
