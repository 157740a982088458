import type { GridSample } from '../../src-shared/api/contract'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { samplePlace } from './sample-key'

/** A line of a sample's record. */
export interface RecordLine {
  name: string
  /** null while it is not known yet. */
  value: string | null
  /** What is copied where that is not the text shown: the same in the form that programs read. */
  exact?: string | null
}

/** Stands for what is not known. */
export const NONE = '–'

/**
 * What is known of a sample. The grid's own list answers at once; what only the batch file knows comes with the detail.
 */
export function recordLines(sample: GridSample, detail: PatchDetail | null): RecordLine[] {
  const later = (value: (detail: PatchDetail) => string): string | null =>
    detail === null ? null : value(detail)
  return [
    { name: 'Biomass density', value: biomassText(sample) },
    { name: 'Position', value: positionText(sample), exact: positionNumbers(sample) },
    {
      name: 'Shot taken',
      value: later(({ shotTime }) => timeText(shotTime)),
      exact: later(({ shotTime }) => shotTime ?? NONE),
    },
    {
      name: 'Delta time',
      value: later(deltaText),
      exact: later(({ deltaTime }) => String(deltaTime ?? NONE)),
    },
    {
      name: 'Granule begun',
      value: timeText(sample.acquisitionTime),
      exact: sample.acquisitionTime,
    },
    {
      name: 'Scene sensed',
      value: later(({ sceneTime }) => timeText(sceneTime)),
      exact: later(({ sceneTime }) => sceneTime ?? NONE),
    },
    { name: 'Product', value: sample.product },
    { name: 'Tile', value: tileOf(sample.product) ?? NONE },
    { name: 'CRS', value: later(({ crs }) => crs) },
    { name: 'Window corner', value: later(cornerText) },
    { name: 'Transform', value: later(transformText) },
    { name: 'Footprint centre', value: later(centreText), exact: later(centreNumbers) },
    { name: 'Centre pixel', value: later(centrePixelText) },
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

/** Latitude and longitude as numbers, to six decimals. */
function positionNumbers({ lat, lon }: Pick<GridSample, 'lat' | 'lon'>): string {
  return lat === null || lon === null ? NONE : `${lat.toFixed(6)}, ${lon.toFixed(6)}`
}

/** Seconds since the beginning of 2018, as GEDI counts. */
function deltaText({ deltaTime }: PatchDetail): string {
  return deltaTime === null ? NONE : `${deltaTime} s since 2018`
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

/** The two rows of the transform that say something: from column and row to easting and northing. */
function transformText({ transform }: PatchDetail): string {
  const six = transform.slice(0, 6)
  return six.includes(null) ? NONE : six.join(', ')
}

/** Easting and northing of the footprint's centre. The position in the file is exact to half a metre. */
function centreText({ centre }: PatchDetail): string {
  return centre === null ? NONE : `${centre.x.toFixed(1)} m E, ${centre.y.toFixed(1)} m N`
}

function centreNumbers({ centre }: PatchDetail): string {
  return centre === null ? NONE : `${centre.x.toFixed(2)}, ${centre.y.toFixed(2)}`
}

/** Where the footprint's centre lies in the window, in pixels from its north-west corner. */
function centrePixelText({ centre }: PatchDetail): string {
  return centre === null ? NONE : `column ${centre.column.toFixed(2)}, row ${centre.row.toFixed(2)}`
}
