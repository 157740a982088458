import { describe, expect, it } from 'vitest'
import type { StateCounts } from '../../src-shared/explore/states'
import { DROPPED_COLOUR, REASON_COLOURS } from '../theme/data-colours'
import { COLOUR_BY, type Colouring } from './colour-by'
import { legendContent } from './legend-content'
import { REJECTED_COLOUR } from './state-colours'

const colouring = (change: Partial<Colouring>): Colouring => ({
  layer: 'footprints',
  colourBy: 'agbd',
  logAgbd: false,
  showDropped: false,
  only: null,
  ...change,
})
const STATES: StateCounts = { waiting: 0, done: 137, failed: 0, rejected: { 'scl-cloud': 12, slope: 3 } }

describe('the legend', () => {
  it.each(COLOUR_BY)('of %s names the dropped ones exactly when they are shown', (colourBy) => {
    const dropped = (showDropped: boolean): boolean =>
      legendContent(colouring({ colourBy, showDropped }), null).classes.some(
        ({ colour }) => colour === DROPPED_COLOUR,
      )
    expect([dropped(false), dropped(true)]).toEqual([false, true])
  })

  it('of the split says where it is that of the years, and where the other one is shown', () => {
    const split = (byYear: boolean): unknown[] => {
      const { title, note } = legendContent(colouring({ colourBy: 'split' }), null, byYear)
      return [title, note?.includes('the map in Subset shows that split') ?? false]
    }
    expect([split(false), split(true)]).toEqual([
      ['Split', false],
      ['Split by year', true],
    ])
    expect(legendContent(colouring({}), null, true).note).toBeNull()
  })

  it('of the biomass begins and ends where its scale does, also on the logarithmic one', () => {
    for (const logAgbd of [false, true]) {
      const { scale } = legendContent(colouring({ logAgbd }), null)
      const [stops, labels] = [scale?.stops ?? [], scale?.labels ?? []]
      expect(labels.at(0)?.value).toBeCloseTo(stops.at(0)?.value ?? Number.NaN)
      expect(labels.at(-1)?.value).toBeCloseTo(stops.at(-1)?.value ?? Number.NaN)
    }
  })

  it('of the day of the year ends with the colour it begins with', () => {
    const { scale } = legendContent(colouring({ colourBy: 'day' }), null)
    expect(scale?.stops.at(0)?.colour).toBe(scale?.stops.at(-1)?.colour)
  })

  it('of the subset names the states that occur, with their counts', () => {
    const { classes } = legendContent(colouring({ layer: 'subset', colourBy: 'state' }), STATES)
    expect(classes.map(({ label, count }) => [label, count])).toEqual([
      ['Cut', 137],
      ['Clouds', 12],
      ['Too steep', 3],
      ['Squares: most rejected', null],
    ])
  })

  it('of one reason shows that alone, and says that squares know no reasons', () => {
    const { classes } = legendContent(
      colouring({ layer: 'subset', colourBy: 'state', only: 'slope' }),
      STATES,
    )
    expect(classes).toEqual([
      { label: 'Too steep', colour: REASON_COLOURS.slope, count: 3 },
      { label: 'Squares: rejected, any reason', colour: REJECTED_COLOUR, count: null },
    ])
  })
})
