import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { SceneOutline } from '../../../src-shared/api/inspection'
import { TILE_LAYERS } from '../../../src-shared/explore/layers'
import { STATES } from '../../../src-shared/explore/states'
import { DROPPED_COLOUR } from '../../theme/data-colours'
import type { Colouring } from '../colour-by'
import type { MapPalette } from '../palette'
import { COAST_TILES } from '../worker/coast-messages'
import { pointColour, pointFilter, squareColour, squareFilter } from './footprint-paint'

/** All that the map shows, but for what is drawn over it (graticule, box, selection). */
export interface MapPicture {
  palette: MapPalette
  colouring: Colouring
  /** Address of the vector tiles, with {z}, {x} and {y}; null while there are none. */
  tiles: string | null
  /** Latitude at which footprints have their true size, degrees. */
  latitude: number
  scenes: readonly SceneOutline[]
}

/** Names of sources and layers that others ask about. */
export const FOOTPRINTS = 'footprints'
export const POINT_LAYERS = ['points-dropped', 'points'] as const
export const SQUARE_LAYERS = ['squares-dropped', 'squares'] as const

/** Zoom at which tiles are the finest: a unit of them is then under 1 m. */
const FINEST_TILES = 13
/** Finest tiles of the coasts: a unit of them is then 10 m, below the precision of the data. */
const FINEST_COASTS = 8

/** Width of a tile at zoom 0, pixels, and length of the equator, metres. */
const WORLD_PIXELS = 512
const EQUATOR = 40_075_017
/** Radius of a GEDI footprint, metres (GEDI L4A ATBD). */
const FOOTPRINT_RADIUS = 12.5
const TRUE_SIZE_ZOOM = 14

/** The style of the map as MapLibre takes it: two equal pictures give equal styles, so that it finds what changed. */
export function mapStyle(picture: MapPicture): StyleSpecification {
  const { palette, tiles, scenes } = picture
  return {
    version: 8,
    transition: { duration: 0, delay: 0 },
    sources: {
      coasts: { type: 'vector', tiles: [COAST_TILES], maxzoom: FINEST_COASTS },
      scenes: { type: 'geojson', data: sceneCollection(scenes) },
      ...(tiles === null
        ? {}
        : { [FOOTPRINTS]: { type: 'vector', tiles: [tiles], maxzoom: FINEST_TILES } as const }),
    },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': palette.water } },
      {
        id: 'land',
        type: 'fill',
        source: 'coasts',
        'source-layer': 'land',
        paint: { 'fill-color': palette.land, 'fill-antialias': false },
      },
      ...(tiles === null ? [] : squareLayers(picture)),
      outline('coasts', 'land', palette),
      outline('borders', 'borders', palette),
      ...(tiles === null ? [] : pointLayers(picture)),
      {
        id: 'scenes',
        type: 'line',
        source: 'scenes',
        paint: { 'line-color': palette.scene, 'line-width': 1.25 },
      },
    ],
  }
}

/** Squares hide the ground, so coasts and borders are drawn over them. */
function outline(id: string, layer: string, palette: MapPalette): LayerSpecification {
  return {
    id,
    type: 'line',
    source: 'coasts',
    'source-layer': layer,
    paint: { 'line-color': palette.coast, 'line-width': 1 },
  }
}

function squareLayers({ colouring }: MapPicture): LayerSpecification[] {
  const squares = { type: 'fill', source: FOOTPRINTS, 'source-layer': TILE_LAYERS.density } as const
  return [
    {
      ...squares,
      id: 'squares-dropped',
      layout: { visibility: visibilityOfDropped(colouring) },
      filter: ['all', ['>', ['get', 'dropped'], 0], ['==', ['get', 'count'], 0]],
      paint: { 'fill-color': DROPPED_COLOUR, 'fill-opacity': 0.4, 'fill-antialias': false },
    },
    {
      ...squares,
      id: 'squares',
      filter: squareFilter(colouring.only),
      paint: { 'fill-color': squareColour(colouring), 'fill-opacity': 0.92, 'fill-antialias': false },
    },
  ]
}

function pointLayers({ palette, colouring, latitude }: MapPicture): LayerSpecification[] {
  const points = { type: 'circle', source: FOOTPRINTS, 'source-layer': TILE_LAYERS.points } as const
  const radius = pointRadius(latitude)
  return [
    {
      ...points,
      id: 'points-dropped',
      layout: { visibility: visibilityOfDropped(colouring) },
      filter: ['==', ['get', 'state'], STATES.dropped],
      paint: { 'circle-color': DROPPED_COLOUR, 'circle-radius': radius, 'circle-opacity': 0.5 },
    },
    {
      ...points,
      id: 'points',
      filter: pointFilter(colouring.only),
      paint: {
        'circle-color': pointColour(colouring),
        'circle-radius': radius,
        // The ends of the scales come close to the ground, in light and in dark; a rim keeps them apart.
        'circle-stroke-color': palette.ink,
        'circle-stroke-opacity': 0.7,
        'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 9, 0, 12, 0.75],
      },
    },
  ]
}

function visibilityOfDropped({ showDropped, only }: Colouring): 'visible' | 'none' {
  return showDropped && only === null ? 'visible' : 'none'
}

/** A point that can be seen, growing until it is as large as the footprint on the ground. */
function pointRadius(latitude: number): ExpressionSpecification {
  const metres = (EQUATOR * Math.cos((latitude * Math.PI) / 180)) / (WORLD_PIXELS * 2 ** TRUE_SIZE_ZOOM)
  const trueSize = FOOTPRINT_RADIUS / metres
  return [
    'interpolate',
    ['exponential', 2],
    ['zoom'],
    5,
    1.75,
    9,
    2.5,
    12,
    3.5,
    TRUE_SIZE_ZOOM,
    Math.max(4.5, trueSize),
    TRUE_SIZE_ZOOM + 8,
    trueSize * 2 ** 8,
  ]
}

function sceneCollection(scenes: readonly SceneOutline[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: scenes.map(({ ring, id }) => ({
      type: 'Feature',
      properties: { id },
      geometry: { type: 'LineString', coordinates: ring },
    })),
  }
}
