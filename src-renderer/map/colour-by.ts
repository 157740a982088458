import type { ExploreLayer } from '../../src-shared/explore/layers'
import type { RejectionReason } from '../../src-shared/footprint/rejection'

/** What the colours of footprints on the map can stand for. */
export const COLOUR_BY = ['agbd', 'split', 'day', 'state', 'count'] as const
export type ColourBy = (typeof COLOUR_BY)[number]

/** Names of the choices, as they stand in the list. */
export const COLOUR_BY_LABELS: Readonly<Record<ColourBy, string>> = {
  agbd: 'AGBD',
  split: 'Train, test',
  day: 'Day of the year',
  state: 'State',
  count: 'Number',
}

/** Footprints of the layer subset that can be shown alone. */
export type ShownState = 'waiting' | 'done' | 'failed' | RejectionReason

/** All that decides on the colours of the footprints. */
export interface Colouring {
  layer: ExploreLayer
  colourBy: ColourBy
  /** Whether the scale of the biomass is logarithmic. */
  logAgbd: boolean
  showDropped: boolean
  /** Only footprints of this state; null: all. */
  only: ShownState | null
}
