import { REASONS, type StateCounts } from '../../src-shared/explore/states'
import { REASON_LABELS } from '../../src-shared/footprint/reason-labels'
import {
  DONE_COLOUR,
  DROPPED_COLOUR,
  FAILED_COLOUR,
  REASON_COLOURS,
  SPLIT_COLOURS,
  WAITING_COLOUR,
} from '../theme/data-colours'
import type { Colouring } from './colour-by'
import { agbdScale, COUNT_SCALE, DAY_SCALE, type ColourScale } from './colour-scales'
import { KEPT_COLOUR, REJECTED_COLOUR } from './state-colours'

/** A class of the legend. */
export interface LegendClass {
  colour: string
  label: string
  /** Footprints of it, where that is known. */
  count: number | null
}

/** What the legend says: a scale or classes, never both but for the dropped ones. */
export interface LegendContent {
  title: string
  scale: ColourScale | null
  classes: readonly LegendClass[]
  /** What has to be known of the colours; null where they say all. */
  note: string | null
}

/** Said where the split of the tables is another than that of the years. */
const BY_YEAR =
  'Spatial blocks split the footprints when the tables are made; the map in Subset shows that split.'

/**
 * The legend of the footprints in these colours.
 * @param states counts of the layer subset, if they are known
 * @param splitByYear whether the split shown is that of the years, and not the one that the tables get
 */
export function legendContent(
  colouring: Colouring,
  states: StateCounts | null,
  splitByYear = false,
): LegendContent {
  const dropped: LegendClass[] = colouring.showDropped ? [plain(DROPPED_COLOUR, 'Dropped')] : []
  const ramp = (title: string, scale: ColourScale): LegendContent => ({
    title,
    scale,
    classes: dropped,
    note: null,
  })
  switch (colouring.colourBy) {
    case 'agbd':
      return ramp('AGBD, Mg/ha', agbdScale(colouring.logAgbd))
    case 'day':
      return ramp('Day of the year', DAY_SCALE)
    case 'count':
      return ramp('Footprints in a square', COUNT_SCALE)
    case 'split':
      return {
        title: splitByYear ? 'Split by year' : 'Split',
        note: splitByYear ? BY_YEAR : null,
        scale: null,
        classes: [plain(SPLIT_COLOURS.train, 'Train'), plain(SPLIT_COLOURS.test, 'Test'), ...dropped],
      }
    case 'state':
      return {
        title: 'State',
        note: null,
        scale: null,
        classes:
          colouring.layer === 'footprints'
            ? [plain(KEPT_COLOUR, 'Kept'), ...dropped]
            : subsetClasses(colouring, states),
      }
  }
}

function plain(colour: string, label: string): LegendClass {
  return { colour, label, count: null }
}

/** States that occur; all of them where the counts are not known. */
function subsetClasses({ only }: Colouring, states: StateCounts | null): LegendClass[] {
  const all = [
    { state: 'waiting', colour: WAITING_COLOUR, label: 'Waiting', count: states?.waiting ?? null },
    { state: 'done', colour: DONE_COLOUR, label: 'Cut', count: states?.done ?? null },
    { state: 'failed', colour: FAILED_COLOUR, label: 'Failed', count: states?.failed ?? null },
    ...REASONS.map((reason) => ({
      state: reason,
      colour: REASON_COLOURS[reason],
      label: REASON_LABELS[reason],
      count: states === null ? null : (states.rejected[reason] ?? 0),
    })),
  ]
  const shown = all.filter(({ state, count }) => (only === null ? count !== 0 : state === only))
  const rejected = shown.some(({ state }) => state !== 'waiting' && state !== 'done' && state !== 'failed')
  return [
    ...shown.map(({ colour, label, count }) => ({ colour, label, count })),
    ...(rejected
      ? [plain(REJECTED_COLOUR, only === null ? 'Squares: most rejected' : 'Squares: rejected, any reason')]
      : []),
  ]
}
