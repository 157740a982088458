import type { GridSample } from '../../src-shared/api/contract'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { samplePlace } from './sample-key'

/** A line of a sample's record. */
export interface RecordLine {
  name: string
  /** null while it is not known yet. */
  value: string | null
}

const NONE = '–'

/**
 * What is known of a sample. The grid's own list answers at once; what only the batch file knows comes with the detail.
 */
export function recordLines(sample: GridSample, detail: PatchDetail | null): RecordLine[] {
  const later = (value: (detail: PatchDetail) => string): string | null =>
    detail === null ? null : value(detail)
  return [
    { name: 'Biomass density', value: biomassText(sample) },
    { name: 'Position', value: positionText(sample) },
    { name: 'Shot taken', value: later(({ shotTime }) => timeText(shotTime)) },
    { name: 'Granule begun', value: timeText(sample.acquisitionTime) },
    { name: 'Scene sensed', value: later(({ sceneTime }) => timeText(sceneTime)) },
    { name: 'Product', value: sample.product },
    { name: 'Tile', value: tileOf(sample.product) ?? NONE },
    { name: 'CRS', value: later(({ crs }) => crs) },
    { name: 'Window corner', value: later(cornerText) },
    { name: 'Granule', value: later(({ granule }) => granule) },
    { name: 'DEM tile', value: later(({ demTile }) => demTile) },
    { name: 'Land cover tile', value: later(({ landCoverTile }) => landCoverTile) },
    { name: 'Kept in', value: samplePlace(sample) },
  ]
}

/** Biomass density with its standard error, Mg/ha. */
export function biomassText({ agbd, agbdSe }: Pick<GridSample, 'agbd' | 'agbdSe'>): string {
  if (agbd === null) return NONE
  return agbdSe === null ? `${agbd.toFixed(1)} Mg/ha` : `${agbd.toFixed(1)} ± ${agbdSe.toFixed(1)} Mg/ha`
}

/** Latitude and longitude to five decimals: about a metre, and more than the float32 of the dataset holds. */
function positionText({ lat, lon }: Pick<GridSample, 'lat' | 'lon'>): string {
  if (lat === null || lon === null) return NONE
  const ns = lat < 0 ? 'S' : 'N'
  const ew = lon < 0 ? 'W' : 'E'
  return `${Math.abs(lat).toFixed(5)}° ${ns}, ${Math.abs(lon).toFixed(5)}° ${ew}`
}

/** `2020-06-07T04:11:09.000Z` as `2020-06-07 04:11:09 UTC`. */
function timeText(iso: string | null): string {
  if (iso === null) return NONE
  return /^\d{4}-\d{2}-\d{2}T/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC` : iso
}

/** `32TNT` from the product's name. */
function tileOf(product: string): string | null {
  return /_T(\d{2}[A-Z]{3})(?:_|$)/.exec(product)?.[1] ?? null
}

/** Easting and northing of the window's north-west corner. */
function cornerText({ transform }: PatchDetail): string {
  const [x, y] = [transform[2], transform[5]]
  return x === null || y === null ? NONE : `${Math.round(x)} m E, ${Math.round(y)} m N`
}
