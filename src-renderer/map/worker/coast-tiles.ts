import { GeoJSONVT } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import { feature, mesh } from 'topojson-client'
import { z } from 'zod'
import type { TilePlace } from './coast-messages'

type Topology = Parameters<typeof mesh>[0]
type Shape = NonNullable<Parameters<typeof mesh>[1]>
type Land = Extract<Topology['objects'][string], { type: 'GeometryCollection' }>

interface World extends Topology {
  objects: { countries: Shape; land: Land }
}

const collection = z.looseObject({ type: z.literal('GeometryCollection'), geometries: z.array(z.unknown()) })
const worldSchema = z.custom<World>(
  (value) =>
    z
      .looseObject({
        type: z.literal('Topology'),
        arcs: z.array(z.unknown()),
        objects: z.looseObject({ countries: collection, land: collection }),
      })
      .safeParse(value).success,
  'no map of the world as npm world-atlas packs it',
)

/** Finest zoom that tiles are made for, and units along the edge of one. */
const FINEST = 8
const EXTENT = 4096
const BUFFER = 64

/** Land and borders at one scale of Natural Earth, cut into vector tiles on demand. */
export class CoastTiles {
  readonly #land: GeoJSONVT
  readonly #borders: GeoJSONVT

  /**
   * @param world TopoJSON of npm `world-atlas`, countries
   * @throws ZodError where it is something else
   */
  constructor(world: unknown) {
    const topology = worldSchema.parse(world)
    const { countries, land } = topology.objects
    const options = { maxZoom: FINEST, indexMaxZoom: 3, extent: EXTENT, buffer: BUFFER, tolerance: 2 }
    this.#land = new GeoJSONVT(feature(topology, land), options)
    this.#borders = new GeoJSONVT(
      mesh(topology, countries, (one, other) => one !== other),
      options,
    )
  }

  /** A vector tile with the layers `land` and `borders`; those without anything in the tile are left out. */
  tile({ z: zoom, x, y }: TilePlace): Uint8Array<ArrayBuffer> {
    const land = this.#land.getTile(zoom, x, y)
    const borders = this.#borders.getTile(zoom, x, y)
    const tile = fromGeojsonVt(
      { ...(land === null ? {} : { land }), ...(borders === null ? {} : { borders }) },
      { version: 2, extent: EXTENT },
    )
    // A copy of its own, which can change hands as a whole.
    return tile.slice()
  }
}
