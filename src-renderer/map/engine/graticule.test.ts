import { describe, expect, it } from 'vitest'
import { graticuleStep, meridians, parallels } from './graticule'

describe('the graticule', () => {
  it.each([
    [1, 30],
    [3, 30],
    [20, 5],
    [100, 1],
    [1000, 0.1],
    [200_000, 0.001],
  ])('at %i pixels a degree has lines every %s degrees, the closest that keep apart', (perDegree, step) => {
    expect(graticuleStep(perDegree)).toBe(step)
  })

  it('labels meridians with their side, also where the world is shown a second time', () => {
    expect(meridians(-95, 95, 30).map(({ label }) => label)).toEqual([
      '90° W',
      '60° W',
      '30° W',
      '0°',
      '30° E',
      '60° E',
      '90° E',
    ])
    expect(meridians(170, 195, 5)).toEqual([
      { degrees: 170, label: '170° E' },
      { degrees: 175, label: '175° E' },
      { degrees: 180, label: '180°' },
      { degrees: 185, label: '175° W' },
      { degrees: 190, label: '170° W' },
      { degrees: 195, label: '165° W' },
    ])
  })

  it('writes as many decimals as the step needs', () => {
    expect(parallels(47.99, 48.02, 0.01).map(({ label }) => label)).toEqual([
      '47.99° N',
      '48.00° N',
      '48.01° N',
      '48.02° N',
    ])
    expect(parallels(-10, 10, 5).map(({ label }) => label)).toEqual(['10° S', '5° S', '0°', '5° N', '10° N'])
  })
})
