import type { Bounds } from '../../src-shared/catalog/scene'

export type TileKind = 'dem' | 'landcover'

/** What the file name of a Copernicus DEM or ESA WorldCover tile says. */
export interface TileName {
  kind: TileKind
  /** Nominal cell in degrees. */
  bounds: Bounds
  /** Map year of land cover, null for terrain. */
  year: number | null
}

/** `Copernicus_DSM_COG_10_N47_00_E008_00_DEM`; 10 (GLO-30) or 30 (GLO-90) is the resolution in tenths of an arc second. */
const DEM = /^Copernicus_DSM_(?:COG_)?(?:10|30)_([NS])(\d{2})_00_([EW])(\d{3})_00_DEM$/i

/** `ESA_WorldCover_10m_2020_v100_N45E006_Map`; cells of three degrees. */
const WORLDCOVER = /^ESA_WorldCover_10m_(\d{4})_v\d+_([NS])(\d{2})([EW])(\d{3})_Map$/i
const WORLDCOVER_EDGE = 3

/** Reads a tile's kind, cell and year from its file name without extension; null for any other name. */
export function parseTileName(stem: string): TileName | null {
  const dem = DEM.exec(stem)
  if (dem !== null) {
    const [south, west] = corner(dem[1], dem[2], dem[3], dem[4])
    return { kind: 'dem', bounds: [west, south, west + 1, south + 1], year: null }
  }
  const map = WORLDCOVER.exec(stem)
  if (map === null) return null
  const [south, west] = corner(map[2], map[3], map[4], map[5])
  return {
    kind: 'landcover',
    bounds: [west, south, west + WORLDCOVER_EDGE, south + WORLDCOVER_EDGE],
    year: Number(map[1]),
  }
}

function corner(ns: string, lat: string, ew: string, lon: string): [south: number, west: number] {
  return [
    ns.toUpperCase() === 'S' ? 0 - Number(lat) : Number(lat),
    ew.toUpperCase() === 'W' ? 0 - Number(lon) : Number(lon),
  ]
}
