import { LAYOUT } from './style'

/** A range of positions in degrees. `west` lies in -180..180 and `east` may go beyond 180, over the antimeridian. */
export interface LonLatRange {
  west: number
  east: number
  south: number
  north: number
}

/**
 * What a map shows: a range of degrees on a rectangle of the figure. The projection is equirectangular, true to
 * scale along the parallel at `midLat` and along every meridian (Snyder, Map Projections, USGS PP 1395, section 12).
 */
export interface MapFrame extends LonLatRange {
  /** Units of the figure. */
  width: number
  height: number
  /** Units per degree. */
  perLon: number
  perLat: number
  /** Latitude of true scale, degrees. */
  midLat: number
  /** Smaller than a country: a locator map and a scale bar go with it. */
  local: boolean
}

/** Data that leave no gap wider than this are shown on the whole globe, degrees of longitude. */
const GLOBAL_GAP = 40
/** Free space on each side, as a share of what the data span. */
const MARGIN = 0.06
/** Smallest height of a map, degrees: 2.2 km, so that a single footprint still has surroundings. */
const MIN_SPAN = 0.02
/** Maps lower and narrower than this are local, degrees of latitude. */
const LOCAL_SPAN = 12
/** Beyond this latitude the true parallel would stretch the map to a ribbon. */
const MAX_MID_LAT = 80

const GLOBE: LonLatRange = { west: -180, east: 180, south: -60, north: 80 }

/** The frame that shows all of the data with margins; the inhabited globe where there are none. */
export function fitFrame(range: LonLatRange | null): MapFrame {
  if (range === null) return frameOn(GLOBE, LAYOUT.plotWidth, 200, false)
  const cos = Math.cos((clampMid((range.south + range.north) / 2) * Math.PI) / 180)
  const widened = widen(range, MIN_SPAN / cos, MIN_SPAN)
  const lonSpan = widened.east - widened.west
  const latSpan = widened.north - widened.south
  const local = Math.max(lonSpan * cos, latSpan) < LOCAL_SPAN
  return frameOn(widened, local ? 564 : LAYOUT.plotWidth, local ? 320 : 200, local)
}

/** Frame for a small map of given size around a point, `span` degrees of latitude high. */
export function squareFrame(lon: number, lat: number, span: number, size: number): MapFrame {
  const south = Math.max(-90, Math.min(90 - span, lat - span / 2))
  const midLat = clampMid(south + span / 2)
  const perLat = size / span
  const perLon = perLat * Math.cos((midLat * Math.PI) / 180)
  const lonSpan = Math.min(360, size / perLon)
  const west = normaliseLon(lon - lonSpan / 2)
  return {
    ...{ west, east: west + lonSpan, south, north: south + span },
    ...{ width: size, height: size, perLon: size / lonSpan, perLat, midLat, local: false },
  }
}

/** Position of a point on the frame, units from its upper left corner; longitudes of any turn are taken. */
export function place(frame: MapFrame, lon: number, lat: number): [x: number, y: number] {
  const turns = Math.floor((lon - frame.west) / 360)
  return [(lon - turns * 360 - frame.west) * frame.perLon, (frame.north - lat) * frame.perLat]
}

const MAX_HEIGHT = 440

function frameOn(shown: LonLatRange, width: number, minHeight: number, local: boolean): MapFrame {
  const midLat = clampMid((shown.south + shown.north) / 2)
  const cos = Math.cos((midLat * Math.PI) / 180)
  const lonSpan = Math.min(360, shown.east - shown.west)
  const latSpan = shown.north - shown.south
  const wanted = Math.ceil((width * latSpan) / (lonSpan * cos))
  const room = Math.min(MAX_HEIGHT, Math.max(minHeight, wanted))
  const perLat = Math.max(Math.min(width / (lonSpan * cos), room / latSpan), width / (360 * cos))
  const height = Math.min(room, 180 * perLat)
  const shownLat = height / perLat
  const shownLon = width / (perLat * cos)
  const centreLat = (shown.south + shown.north) / 2
  const south = Math.max(-90, Math.min(90 - shownLat, centreLat - shownLat / 2))
  const west = normaliseLon((shown.west + shown.east) / 2 - shownLon / 2)
  return {
    ...{ west, east: west + shownLon, south, north: south + shownLat },
    ...{ width, height, perLon: perLat * cos, perLat, midLat, local },
  }
}

function widen(range: LonLatRange, minLon: number, minLat: number): LonLatRange {
  const latHalf = Math.max((range.north - range.south) * (0.5 + MARGIN), minLat / 2)
  const lat = (range.south + range.north) / 2
  const south = Math.max(-90, lat - latHalf)
  const north = Math.min(90, lat + latHalf)
  if (range.east - range.west > 360 - GLOBAL_GAP) return { west: -180, east: 180, south, north }
  const lonHalf = Math.max((range.east - range.west) * (0.5 + MARGIN), minLon / 2)
  const lon = (range.west + range.east) / 2
  return { west: lon - lonHalf, east: lon + lonHalf, south, north }
}

function clampMid(lat: number): number {
  return Math.max(-MAX_MID_LAT, Math.min(MAX_MID_LAT, lat))
}

function normaliseLon(lon: number): number {
  return lon - Math.floor((lon + 180) / 360) * 360
}
