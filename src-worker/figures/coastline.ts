import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Feature, Polygon } from 'geojson'
import { feature, mesh } from 'topojson-client'
import { parse, View, type Spec } from 'vega'
import { z } from 'zod'
import type { MapFrame } from './frame'

/** Scales of Natural Earth: 1:50 million, and 1:10 million for maps that show less than a few hundred km. */
type CoastlineScale = '50m' | '10m'

/** Outlines on a map as SVG paths in units of its frame. */
export interface Outlines {
  scale: CoastlineScale
  land: string
  /** Borders between countries, without coasts. */
  borders: string
}

/** Below this height of the map, degrees, the coarse coast would visibly miss the footprints. */
const FINE_SPAN = 6
/** How far outlines go on beyond the frame, so that the cut is not seen; the caller clips to the frame. */
const BLEED = 4
/** Rounding has turned a few specks of the 1:10 million data inside out: they would cover the Earth. Steradians. */
const HEMISPHERE = 2 * Math.PI

const moduleRequire = createRequire(import.meta.url)
const FILES: Readonly<Record<CoastlineScale, string>> = {
  '50m': moduleRequire.resolve('world-atlas/countries-50m.json'),
  '10m': moduleRequire.resolve('world-atlas/countries-10m.json'),
}

type Topology = Parameters<typeof mesh>[0]
type GeometryCollection = Extract<Topology['objects'][string], { type: 'GeometryCollection' }>

interface WorldTopology extends Topology {
  objects: { countries: NonNullable<Parameters<typeof mesh>[1]>; land: GeometryCollection }
}

const partsSchema = z.looseObject({ type: z.literal('GeometryCollection'), geometries: z.array(z.unknown()) })
const worldSchema = z.custom<WorldTopology>(
  (value) =>
    z
      .looseObject({
        type: z.literal('Topology'),
        arcs: z.array(z.unknown()),
        objects: z.looseObject({ countries: partsSchema, land: partsSchema }),
      })
      .safeParse(value).success,
)
const pathsSchema = z.array(z.object({ path: z.string().nullish() }))

/**
 * Land and borders in the frame, from Natural Earth (public domain) as npm `world-atlas` packs it; no network.
 * Vega projects and cuts at the frame and at the far meridian.
 */
export async function outlinesIn(frame: MapFrame): Promise<Outlines> {
  const scale = frame.north - frame.south < FINE_SPAN ? '10m' : '50m'
  const world = await worldAt(scale)
  const { countries, land } = world.objects
  return {
    scale,
    land: await projectedPath(frame, feature(world, land).features.flatMap(polygons)),
    borders: await projectedPath(frame, [mesh(world, countries, (one, other) => one !== other)]),
  }
}

async function worldAt(scale: CoastlineScale): Promise<WorldTopology> {
  return worldSchema.parse(JSON.parse(await readFile(FILES[scale], 'utf8')))
}

/** Each part of a shape on its own. */
function polygons({ geometry }: Feature): Polygon[] {
  if (geometry.type === 'Polygon') return [geometry]
  if (geometry.type !== 'MultiPolygon') return []
  return geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }))
}

/**
 * d3's equirectangular projection has one scale for both axes, so shapes come out wider by 1 / cos(midLat) and are
 * narrowed afterwards. Precision 0: the edges of the data are straight on the plane they were drawn on.
 */
async function projectedPath(frame: MapFrame, shapes: object[]): Promise<string> {
  const narrowing = frame.perLon / frame.perLat
  const wide = frame.width / narrowing
  const bleed = BLEED / narrowing
  const spec: Spec = {
    projections: [
      {
        name: 'map',
        type: 'equirectangular',
        rotate: [-(frame.west + frame.east) / 2, 0, 0],
        scale: (frame.perLat * 180) / Math.PI,
        translate: [wide / 2, frame.north * frame.perLat],
        precision: 0,
        clipExtent: [
          [-bleed, -BLEED],
          [wide + bleed, frame.height + BLEED],
        ],
      },
    ],
    data: [
      {
        name: 'shapes',
        values: shapes,
        transform: [
          { type: 'filter', expr: `geoArea(null, datum) < ${HEMISPHERE}` },
          { type: 'geopath', projection: 'map' },
        ],
      },
    ],
  }
  const view = await new View(parse(spec), { renderer: 'none' }).runAsync()
  const paths = pathsSchema.parse(view.data('shapes')).map((row) => row.path ?? '')
  view.finalize()
  return paths.map((path) => narrowed(path, narrowing)).join('')
}

/** An SVG path of absolute moves and lines with its x multiplied, rounded to a hundredth of a unit. */
function narrowed(path: string, factor: number): string {
  return path.replace(
    /([ML])(-?[\d.e-]+),(-?[\d.e-]+)/g,
    (_, command: string, x: string, y: string) =>
      `${command}${round(Number(x) * factor)},${round(Number(y))}`,
  )
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
