import { createHash } from 'node:crypto'
import type { Split } from '../../src-shared/footprint/footprint'
import type { Settings } from '../../src-shared/settings/settings'

/**
 * Kilometres of the shortest degree of latitude and, at the equator, of longitude on WGS 84: a degree is never shorter, so
 * that no block has an edge shorter than asked for.
 */
const LATITUDE_KM = 110.574
const LONGITUDE_KM = 111.319

/** What a buffer is taken larger by, for ground is no plane: it holds up to the 800 km that the settings allow. */
const BUFFER_MARGIN = 1.005

/** Blocks whose split is remembered; more are worked out anew. */
const REMEMBERED = 1_000_000

/** More than the columns of any row, so that row and column make one number. */
const ROW_STRIDE = 2 ** 20

export type BlockSettings = Pick<Settings, 'splitTestShare' | 'splitBuffer' | 'seed'> & {
  /** Edge of a block, km. */
  splitBlocks: number
}

/**
 * Blocks of ground: rows of equal height from the south pole on, each divided into as many equal columns as have room for
 * the edge. Which split a block belongs to follows from the seed and its place alone.
 */
export class SplitBlocks {
  /** Degrees of latitude of a row. */
  private readonly height: number
  private readonly known = new Map<number, Split>()

  constructor(private readonly settings: BlockSettings) {
    this.height = settings.splitBlocks / LATITUDE_KM
  }

  /** Row and column of the block that holds a point; degrees. */
  blockAt(lon: number, lat: number): [row: number, column: number] {
    const row = Math.floor((lat + 90) / this.height)
    return [row, this.columnAt(row, lon)]
  }

  /** The split of a block. */
  splitOf(row: number, column: number): Split {
    const key = row * ROW_STRIDE + column
    const known = this.known.get(key)
    if (known !== undefined) return known
    if (this.known.size >= REMEMBERED) this.known.clear()
    const digest = createHash('md5').update(`block:${this.settings.seed}:${row}:${column}`).digest()
    const split = digest.readUIntBE(0, 6) / 2 ** 48 < this.settings.splitTestShare ? 'test' : 'train'
    this.known.set(key, split)
    return split
  }

  /** The split of a footprint; null where it lies in the buffer beside a block of the other split. Degrees. */
  splitAt(lon: number, lat: number): Split | null {
    const split = this.splitOf(...this.blockAt(lon, lat))
    return this.isNearOther(split, lon, lat) ? null : split
  }

  /**
   * Whether a block of the other split lies nearer than the buffer. A buffer is at most two fifths of an edge, so what it
   * reaches of a row lies in the blocks of its middle and its two ends.
   */
  private isNearOther(split: Split, lon: number, lat: number): boolean {
    const buffer = (BUFFER_MARGIN * (this.settings.splitBuffer ?? 0)) / 1000
    if (buffer === 0) return false
    const own = Math.floor((lat + 90) / this.height)
    const south = (lat + 90 - own * this.height) * LATITUDE_KM
    const north = this.height * LATITUDE_KM - south
    // At the latitude where a degree is shortest, of those the buffer reaches.
    const cos = Math.cos((Math.min(90, Math.abs(lat) + buffer / LATITUDE_KM) * Math.PI) / 180)
    const rows = [
      [own, 0],
      [own - 1, south],
      [own + 1, north],
    ]
    return rows.some(([row, away]) => {
      if (away >= buffer || row * this.height >= 180 || row < 0) return false
      const reach = Math.sqrt(buffer * buffer - away * away) / (LONGITUDE_KM * cos)
      if (!(reach < 180)) return this.isRowMixed(row, split)
      return [lon - reach, lon, lon + reach].some(
        (end) => this.splitOf(row, this.columnAt(row, end)) !== split,
      )
    })
  }

  /** Whether a row at a pole has a block of the other split. */
  private isRowMixed(row: number, split: Split): boolean {
    return Array.from({ length: this.columnsOf(row) }, (_, column) => column).some(
      (column) => this.splitOf(row, column) !== split,
    )
  }

  /** Columns of a row, at least one; by the side of the row that is nearer to a pole. */
  private columnsOf(row: number): number {
    const [south, north] = [row * this.height - 90, (row + 1) * this.height - 90]
    const farthest = Math.min(90, Math.max(Math.abs(south), Math.abs(north)))
    const circle = 360 * LONGITUDE_KM * Math.cos((farthest * Math.PI) / 180)
    return Math.max(1, Math.floor(circle / this.settings.splitBlocks))
  }

  private columnAt(row: number, lon: number): number {
    const turn = (((lon + 180) % 360) + 360) % 360
    const columns = this.columnsOf(row)
    return Math.min(columns - 1, Math.floor((turn / 360) * columns))
  }
}
