import { createExpression } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import type { DensityProperties, PointProperties } from '../../../src-shared/explore/layers'
import { REASONS, rejectedState, STATES } from '../../../src-shared/explore/states'
import {
  DONE_COLOUR,
  DROPPED_COLOUR,
  FAILED_COLOUR,
  REASON_COLOURS,
  SPLIT_COLOURS,
  WAITING_COLOUR,
} from '../../theme/data-colours'
import { COLOUR_BY, type Colouring } from '../colour-by'
import { REJECTED_COLOUR } from '../state-colours'
import { pointColour, pointFilter, squareColour, squareFilter } from './footprint-paint'

const colouring = (change: Partial<Colouring>): Colouring => ({
  layer: 'subset',
  colourBy: 'state',
  logAgbd: false,
  showDropped: false,
  only: null,
  ...change,
})

/** What MapLibre itself makes of an expression for a feature with these properties. */
function evaluated(expression: unknown, type: 'boolean' | 'color', properties: object): unknown {
  const parsed = createExpression(expression, 'test', {
    type,
    'property-type': 'data-driven',
    expression: { interpolated: type === 'color', parameters: ['zoom', 'feature'] },
    overridable: false,
    transition: false,
  })
  if (parsed.result === 'error') throw new Error(parsed.value.map(({ message }) => message).join('; '))
  return parsed.value.evaluate({ zoom: 8 }, { type: 'Point', properties })
}

const rgba = (hex: string): string =>
  `rgba(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(',')},1)`
const colourOf = (expression: unknown, properties: object): string =>
  typeof expression === 'string' ? rgba(expression) : String(evaluated(expression, 'color', properties))
const isShown = (filter: unknown, properties: object): unknown => evaluated(filter, 'boolean', properties)

const point = (change: Partial<PointProperties>): PointProperties => ({
  agbd: 120,
  split: 1,
  doy: 150,
  state: STATES.waiting,
  ...change,
})
const square = (change: Partial<DensityProperties>): DensityProperties => ({
  count: 10,
  train: 6,
  test: 4,
  agbd: 120,
  doy: 150,
  done: 0,
  rejected: 0,
  failed: 0,
  dropped: 0,
  ...change,
})

describe('a footprint', () => {
  it.each(REASONS)('rejected for %s has the colour of its reason', (reason) => {
    const colour = pointColour(colouring({}))
    expect(colourOf(colour, point({ state: rejectedState(reason) }))).toBe(rgba(REASON_COLOURS[reason]))
  })

  it.each([
    [STATES.waiting, WAITING_COLOUR],
    [STATES.done, DONE_COLOUR],
    [STATES.failed, FAILED_COLOUR],
  ])('in state %i has the colour %s', (state, colour) => {
    expect(colourOf(pointColour(colouring({})), point({ state }))).toBe(rgba(colour))
  })

  it('has the colour of its split, or that of dropped ones in none', () => {
    const colour = pointColour(colouring({ colourBy: 'split' }))
    expect([1, 2, 0].map((split) => colourOf(colour, point({ split })))).toEqual(
      [SPLIT_COLOURS.train, SPLIT_COLOURS.test, DROPPED_COLOUR].map(rgba),
    )
  })

  it('without biomass is grey on both scales', () => {
    for (const logAgbd of [false, true]) {
      const without = { split: 1, doy: 150, state: STATES.kept }
      expect(colourOf(pointColour(colouring({ colourBy: 'agbd', logAgbd })), without)).toBe(
        rgba(DROPPED_COLOUR),
      )
    }
  })

  it('is shown in colour when it is not dropped, or alone by its state', () => {
    expect(isShown(pointFilter(null), point({ state: STATES.dropped }))).toBe(false)
    expect(isShown(pointFilter(null), point({ state: STATES.kept }))).toBe(true)
    expect(isShown(pointFilter('slope'), point({ state: rejectedState('slope') }))).toBe(true)
    expect(isShown(pointFilter('slope'), point({ state: STATES.done }))).toBe(false)
  })
})

describe('a square', () => {
  it.each([
    [{ done: 6, rejected: 4 }, DONE_COLOUR],
    [{ done: 4, rejected: 6 }, REJECTED_COLOUR],
    [{ done: 3, rejected: 2 }, WAITING_COLOUR],
    [{ done: 9, failed: 1 }, FAILED_COLOUR],
  ])('with %j of ten has the colour %s', (counts, colour) => {
    expect(colourOf(squareColour(colouring({})), square(counts))).toBe(rgba(colour))
  })

  it.each([
    ['waiting', WAITING_COLOUR],
    ['done', DONE_COLOUR],
    ['scl-water', REJECTED_COLOUR],
  ] as const)('has one colour where only %s is shown', (only, colour) => {
    expect(colourOf(squareColour(colouring({ only })), square({ done: 5, rejected: 5 }))).toBe(rgba(colour))
  })

  it('of one split alone has its colour', () => {
    const colour = squareColour(colouring({ colourBy: 'split' }))
    expect(colourOf(colour, square({ train: 10, test: 0 }))).toBe(rgba(SPLIT_COLOURS.train))
    expect(colourOf(colour, square({ train: 0, test: 10 }))).toBe(rgba(SPLIT_COLOURS.test))
  })

  it('is drawn where it holds footprints of the wanted state', () => {
    expect(isShown(squareFilter(null), square({ count: 0, dropped: 5 }))).toBe(false)
    expect(isShown(squareFilter('waiting'), square({ done: 10 }))).toBe(false)
    expect(isShown(squareFilter('waiting'), square({ done: 9 }))).toBe(true)
    expect(isShown(squareFilter('scl-cloud'), square({ rejected: 1 }))).toBe(true)
    expect(isShown(squareFilter('failed'), square({ rejected: 1 }))).toBe(false)
  })
})

it.each(COLOUR_BY)(
  'colours by %s are expressions that MapLibre takes, of points and squares, on both layers',
  (colourBy) => {
    for (const layer of ['footprints', 'subset'] as const) {
      for (const logAgbd of [false, true]) {
        const chosen = colouring({ layer, colourBy, logAgbd })
        expect(colourOf(pointColour(chosen), point({}))).toMatch(/^rgba\(/)
        expect(colourOf(squareColour(chosen), square({}))).toMatch(/^rgba\(/)
      }
    }
  },
)
