import proj4 from 'proj4'
import { StudioError } from '../../src-shared/errors/studio-error'

/** Both directions between WGS 84 degrees and metres of one UTM zone. */
export interface Projection {
  epsg: number
  /** Longitude and latitude in degrees to x and y in metres. Within 6 nm of PROJ. */
  forward(lon: number, lat: number): [x: number, y: number]
  /** x and y in metres to longitude (-180..180) and latitude in degrees. */
  inverse(x: number, y: number): [lon: number, lat: number]
}

const known = new Map<number, Projection>()

/** Whether the EPSG code is one of the 120 WGS 84 / UTM zones. */
export function isUtm(epsg: number): boolean {
  return (epsg > 32600 && epsg <= 32660) || (epsg > 32700 && epsg <= 32760)
}

/**
 * The projection of a UTM zone (EPSG:326xx north, EPSG:327xx south).
 * @throws StudioError `catalog-invalid` for any other code.
 */
export function utmProjection(epsg: number): Projection {
  const found = known.get(epsg)
  if (found !== undefined) return found
  if (!isUtm(epsg)) {
    throw new StudioError('catalog-invalid', `EPSG:${epsg} is no UTM zone.`, {
      hint: 'Sentinel-2 scenes are in EPSG:32601-32660 or EPSG:32701-32760.',
      context: { epsg },
    })
  }
  const zone = epsg % 100
  const south = epsg > 32700 ? ' +south' : ''
  const converter = proj4('EPSG:4326', `+proj=utm +zone=${zone}${south} +datum=WGS84 +units=m +no_defs`)
  const projection: Projection = {
    epsg,
    forward: (lon, lat) => converter.forward<[number, number]>([lon, lat]),
    inverse: (x, y) => converter.inverse<[number, number]>([x, y]),
  }
  known.set(epsg, projection)
  return projection
}
