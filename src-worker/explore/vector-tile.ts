import { ByteWriter } from './byte-writer'

/** Units along the edge of a tile. */
export const EXTENT = 4096

const WIRE = { varint: 0, double: 1, bytes: 2 } as const
const GEOMETRY = { point: 1, polygon: 3 } as const
const COMMAND = { move: 1, line: 2, close: 7 } as const

/**
 * Writes one layer of a Mapbox vector tile, version 2
 * (https://github.com/mapbox/vector-tile-spec/blob/master/2.1/README.md): the tags of a feature are told first, its
 * geometry finishes it. Properties are numbers; their names are those of `Properties`. Coordinates are units from the upper left corner of the tile, x to the right and y down.
 */
export class VectorTileLayer<Properties> {
  private readonly features = new ByteWriter()
  private readonly tags = new ByteWriter()
  private readonly geometry = new ByteWriter()
  private readonly feature = new ByteWriter()
  private readonly keys = new Map<string, number>()
  private readonly values = new Map<number, number>()

  constructor(private readonly name: string) {}

  /** Adds a property to the feature that is being told. */
  tag(key: keyof Properties & string, value: number): void {
    this.tags.varint(indexIn(this.keys, key))
    this.tags.varint(indexIn(this.values, value))
  }

  /** Finishes the feature as a point. @param id a whole number */
  point(id: number, x: number, y: number): void {
    this.command(COMMAND.move, 1)
    this.by(x, y)
    this.finish(GEOMETRY.point, id)
  }

  /** Finishes the feature as a square by its upper left corner. */
  square(x: number, y: number, edge: number): void {
    this.command(COMMAND.move, 1)
    this.by(x, y)
    // An outer ring goes clockwise as seen on the screen.
    this.command(COMMAND.line, 3)
    this.by(edge, 0)
    this.by(0, edge)
    this.by(-edge, 0)
    this.command(COMMAND.close, 1)
    this.finish(GEOMETRY.polygon, null)
  }

  /** The whole tile, holding this layer alone. */
  tile(): Uint8Array<ArrayBuffer> {
    const layer = new ByteWriter()
    field(layer, 15, WIRE.varint)
    layer.varint(2)
    message(layer, 1, new TextEncoder().encode(this.name))
    layer.append(this.features.bytes())
    for (const key of this.keys.keys()) message(layer, 3, new TextEncoder().encode(key))
    for (const value of this.values.keys()) message(layer, 4, encodeValue(value))
    field(layer, 5, WIRE.varint)
    layer.varint(EXTENT)
    const tile = new ByteWriter()
    message(tile, 3, layer.bytes())
    return tile.bytes().slice()
  }

  private command(id: number, count: number): void {
    this.geometry.varint((id & 7) | (count << 3))
  }

  /** Goes on by a step; the first one of a feature starts at the corner of the tile. */
  private by(x: number, y: number): void {
    this.geometry.varint(zigzag(x))
    this.geometry.varint(zigzag(y))
  }

  private finish(type: number, id: number | null): void {
    const { feature, tags, geometry } = this
    if (id !== null) {
      field(feature, 1, WIRE.varint)
      feature.varint(id)
    }
    message(feature, 2, tags.bytes())
    field(feature, 3, WIRE.varint)
    feature.varint(type)
    message(feature, 4, geometry.bytes())
    message(this.features, 2, feature.bytes())
    for (const writer of [feature, tags, geometry]) writer.clear()
  }
}

function indexIn<Item>(indexes: Map<Item, number>, item: Item): number {
  const known = indexes.get(item)
  if (known !== undefined) return known
  indexes.set(item, indexes.size)
  return indexes.size - 1
}

function encodeValue(value: number): Uint8Array {
  const writer = new ByteWriter()
  if (Number.isSafeInteger(value) && value >= 0) {
    field(writer, 5, WIRE.varint)
    writer.varint(value)
  } else {
    field(writer, 3, WIRE.double)
    writer.double(value)
  }
  return writer.bytes()
}

function field(writer: ByteWriter, number: number, wire: number): void {
  writer.varint((number << 3) | wire)
}

function message(writer: ByteWriter, number: number, bytes: Uint8Array): void {
  field(writer, number, WIRE.bytes)
  writer.varint(bytes.length)
  writer.append(bytes)
}

/** Small numbers of either sign as small numbers without one: 0, -1, 1, -2 become 0, 1, 2, 3. */
function zigzag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0
}
