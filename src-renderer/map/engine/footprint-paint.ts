import type { ExpressionSpecification } from 'maplibre-gl'
import { rejectedState, STATES } from '../../../src-shared/explore/states'
import type { RejectionReason } from '../../../src-shared/footprint/rejection'
import {
  DONE_COLOUR,
  DROPPED_COLOUR,
  FAILED_COLOUR,
  REASON_COLOURS,
  SPLIT_COLOURS,
  WAITING_COLOUR,
} from '../../theme/data-colours'
import type { Colouring, ShownState } from '../colour-by'
import { agbdScale, COUNT_SCALE, DAY_SCALE, type ScaleStop } from '../colour-scales'
import { KEPT_COLOUR, REJECTED_COLOUR } from '../state-colours'

type Expression = ExpressionSpecification

const REASON_ENTRIES = Object.entries(REASON_COLOURS) as [RejectionReason, string][]

/** Squares of one state alone; those of a reason hold footprints rejected for any. */
const COLOUR_ALONE: Readonly<Partial<Record<ShownState, string>>> = {
  waiting: WAITING_COLOUR,
  done: DONE_COLOUR,
  failed: FAILED_COLOUR,
}

/** Colour of a single footprint. */
export function pointColour(colouring: Colouring): Expression | string {
  switch (colouring.colourBy) {
    case 'agbd':
      return agbdColour(colouring.logAgbd)
    case 'day':
      return along(DAY_SCALE.stops, ['get', 'doy'])
    case 'split':
      return ['match', ['get', 'split'], 1, SPLIT_COLOURS.train, 2, SPLIT_COLOURS.test, DROPPED_COLOUR]
    case 'state':
      return colouring.layer === 'footprints' ? KEPT_COLOUR : subsetStateColour()
    case 'count':
      return KEPT_COLOUR
  }
}

/** Colour of a square: of the mean, of the mixture of the splits, or of what most of its footprints are. */
export function squareColour(colouring: Colouring): Expression | string {
  switch (colouring.colourBy) {
    case 'agbd':
      return agbdColour(colouring.logAgbd)
    case 'day':
      return along(DAY_SCALE.stops, ['get', 'doy'])
    case 'split':
      return [
        'case',
        ['==', ['+', ['get', 'train'], ['get', 'test']], 0],
        DROPPED_COLOUR,
        [
          'interpolate',
          ['linear'],
          ['/', ['get', 'train'], ['+', ['get', 'train'], ['get', 'test']]],
          0,
          SPLIT_COLOURS.test,
          1,
          SPLIT_COLOURS.train,
        ],
      ]
    case 'state':
      if (colouring.layer === 'footprints') return KEPT_COLOUR
      return colouring.only === null ? subsetShareColour() : (COLOUR_ALONE[colouring.only] ?? REJECTED_COLOUR)
    case 'count':
      return along(COUNT_SCALE.stops, ['log10', ['max', ['get', 'count'], 1]])
  }
}

/** Which single footprints are drawn in colour; dropped ones have a layer of their own. */
export function pointFilter(only: ShownState | null): Expression {
  if (only === null) return ['!=', ['get', 'state'], STATES.dropped]
  return ['==', ['get', 'state'], codeOf(only)]
}

/** Which squares are drawn in colour. Squares count rejected footprints together, whatever the reason. */
export function squareFilter(only: ShownState | null): Expression {
  if (only === null) return ['>', ['get', 'count'], 0]
  if (only === 'waiting') return ['>', waiting(), 0]
  return ['>', ['get', only === 'done' || only === 'failed' ? only : 'rejected'], 0]
}

function codeOf(state: ShownState): number {
  return state === 'waiting' || state === 'done' || state === 'failed' ? STATES[state] : rejectedState(state)
}

function agbdColour(logarithmic: boolean): Expression {
  const agbd: Expression = ['get', 'agbd']
  const { stops } = agbdScale(logarithmic)
  return [
    'case',
    ['has', 'agbd'],
    along(stops, logarithmic ? ['log10', ['max', agbd, 1]] : agbd),
    DROPPED_COLOUR,
  ]
}

function subsetStateColour(): Expression {
  return [
    'match',
    ['get', 'state'],
    STATES.done,
    DONE_COLOUR,
    STATES.failed,
    FAILED_COLOUR,
    ...REASON_ENTRIES.flatMap(([reason, colour]) => [rejectedState(reason), colour]),
    WAITING_COLOUR,
  ] as unknown as Expression
}

/** Failures show as soon as there are any; otherwise what most footprints of the square are. */
function subsetShareColour(): Expression {
  const done: Expression = ['get', 'done']
  const rejected: Expression = ['get', 'rejected']
  return [
    'case',
    ['>', ['get', 'failed'], 0],
    FAILED_COLOUR,
    ['>=', waiting(), ['max', done, rejected]],
    WAITING_COLOUR,
    ['>=', done, rejected],
    DONE_COLOUR,
    REJECTED_COLOUR,
  ]
}

function waiting(): Expression {
  return ['-', ['get', 'count'], ['+', ['get', 'done'], ['get', 'rejected'], ['get', 'failed']]]
}

function along(stops: readonly ScaleStop[], value: Expression): Expression {
  const pairs = stops.flatMap(({ value: at, colour }) => [at, colour])
  return ['interpolate', ['linear'], value, ...pairs] as unknown as Expression
}
