import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { mapStyle, type MapPicture } from './map-style'

const picture = (change: Partial<MapPicture>): MapPicture => ({
  palette: {
    water: '#f6f7f8',
    land: '#e3e7e4',
    coast: '#aab4b0',
    ink: '#5a636c',
    halo: '#ffffff',
    accent: '#0f766e',
    scene: '#9a5b00',
  },
  colouring: { layer: 'footprints', colourBy: 'agbd', logAgbd: false, showDropped: false, only: null },
  tiles: 'http://127.0.0.1/data/tiles/footprints/3/kept/{z}/{x}/{y}',
  latitude: 48,
  scenes: [],
  ...change,
})
const shown = (change: Partial<MapPicture>): string[] =>
  mapStyle(picture(change))
    .layers.filter(({ layout }) => layout?.visibility !== 'none')
    .map(({ id }) => id)

describe('the style of the map', () => {
  it('is one that MapLibre takes, with and without footprints', () => {
    for (const tiles of [picture({}).tiles, null])
      expect(validateStyleMin(mapStyle(picture({ tiles })))).toEqual([])
  })

  it('draws single footprints over coasts, and squares under them', () => {
    expect(shown({})).toEqual(['water', 'land', 'squares', 'coasts', 'borders', 'points', 'scenes'])
  })

  it('shows dropped footprints when they are asked for, but not beside those of one state', () => {
    const colouring = { ...picture({}).colouring, showDropped: true }
    expect(shown({ colouring })).toContain('points-dropped')
    expect(shown({ colouring: { ...colouring, only: 'done' } })).not.toContain('points-dropped')
  })

  it('has no footprints while there are no tiles', () => {
    expect(shown({ tiles: null })).toEqual(['water', 'land', 'coasts', 'borders', 'scenes'])
  })

  it('is equal for equal pictures, so that nothing is drawn anew', () => {
    expect(mapStyle(picture({}))).toEqual(mapStyle(picture({})))
  })

  it('draws the outline of each scene', () => {
    const ring: [number, number][] = [
      [8, 48],
      [9, 48],
      [9, 49],
      [8, 48],
    ]
    const scene = {
      id: 'S2A',
      tile: '32UMU',
      sensed: '2020-06-07T10:30:00Z',
      cloudCover: 3,
      ring,
      footprints: 5,
    }
    const { scenes } = mapStyle(picture({ scenes: [scene] })).sources
    expect(JSON.stringify(scenes)).toContain(JSON.stringify(ring))
  })
})
