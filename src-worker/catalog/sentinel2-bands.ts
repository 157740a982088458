import { BANDS, type BandName } from '../../src-shared/dataset/bands'
import { fileExtension } from './href'
import type { StacAsset } from './stac-schema'

/** Asset keys by which Earth Search names the bands; also the names of `eo:bands` in some catalogs. */
const EARTH_SEARCH_KEYS: Readonly<Record<BandName, string>> = {
  SCL: 'SCL',
  B02: 'BLUE',
  B03: 'GREEN',
  B04: 'RED',
  B05: 'REDEDGE1',
  B06: 'REDEDGE2',
  B07: 'REDEDGE3',
  B08: 'NIR',
  B8A: 'NIR08',
  B09: 'NIR09',
  B11: 'SWIR16',
  B12: 'SWIR22',
}

/**
 * Common names of the STAC EO extension that stand for one Sentinel-2 band. `rededge` is left out on purpose: it is
 * given to B05, B06, B07 and (by Planetary Computer) to B8A.
 */
const COMMON_NAMES: Readonly<Record<string, BandName>> = {
  blue: 'B02',
  green: 'B03',
  red: 'B04',
  rededge071: 'B05',
  rededge075: 'B06',
  rededge078: 'B07',
  nir: 'B08',
  nir08: 'B8A',
  nir09: 'B09',
  swir16: 'B11',
  swir22: 'B12',
}

/** How an asset's file is encoded, by its extension, and by its media type where the extension does not tell. */
export function rasterFormat(asset: StacAsset): 'geotiff' | 'jpeg2000' | 'other' {
  const extension = fileExtension(asset.href ?? '')
  if (extension === '.tif' || extension === '.tiff') return 'geotiff'
  if (extension === '.jp2') return 'jpeg2000'
  const type = asset.type ?? ''
  if (/^image\/(tiff|vnd\.stac\.geotiff)/i.test(type)) return 'geotiff'
  return /^image\/(jp2|jpeg2000)/i.test(type) ? 'jpeg2000' : 'other'
}

/** The assets of the 12 bands, and which bands the item has no usable asset for. */
export interface BandAssets {
  found: Map<BandName, StacAsset & { href: string }>
  missing: BandName[]
  /** Bands that are missing although the item has them as JPEG 2000 in a bucket that is not public. */
  notPublic: BandName[]
}

/**
 * Buckets of this scheme that have Sentinel-2 as JPEG 2000 want payment (`sentinel-s2-l2a` at AWS) or credentials
 * (`eodata` of the Copernicus Data Space, whose host is another one).
 */
const NOT_PUBLIC = /^s3:/i

/** How much a GeoTIFF is preferred to JPEG 2000, above all that tells assets of a band apart. */
const GEOTIFF_FIRST = 1000

/**
 * Chooses the asset of every band, GeoTIFF before JPEG 2000: by asset key (`B02`, `blue`, `B02_10m`), else by band name, else by common
 * name, else by title (`Band 2 - Blue - 10m`, `B02`); of several, the one at the band's own resolution.
 */
export function findBandAssets(assets: Readonly<Record<string, StacAsset>>): BandAssets {
  const result: BandAssets = { found: new Map(), missing: [], notPublic: [] }
  const entries = Object.entries(assets)
  for (const { name, resolution } of BANDS) {
    let best: (StacAsset & { href: string }) | null = null
    let bestScore = 0
    let isHidden = false
    for (const [key, asset] of entries) {
      const match = matchStrength(name, key.replace(/-jp2$/i, ''), asset)
      if (match === 0 || typeof asset.href !== 'string') continue
      const format = rasterFormat(asset)
      if (format === 'other') continue
      const hidden = format === 'jpeg2000' && NOT_PUBLIC.test(asset.href)
      isHidden ||= hidden
      const preferred = format === 'geotiff' ? GEOTIFF_FIRST : 0
      const score = preferred + match * 10 + resolutionFit(key, asset, resolution)
      if (hidden || score <= bestScore) continue
      best = { ...asset, href: asset.href }
      bestScore = score
    }
    if (best !== null) result.found.set(name, best)
    else {
      result.missing.push(name)
      if (isHidden) result.notPublic.push(name)
    }
  }
  return result
}

/** 4 where the key names the band, 3 where its single band does, 2 where the common name does, 1 for the title, else 0. */
function matchStrength(band: BandName, key: string, asset: StacAsset): 0 | 1 | 2 | 3 | 4 {
  if (namesBand(band, key.replace(/[-_](10|20|60)m$/i, ''))) return 4
  const bands = asset['eo:bands'] ?? asset.bands ?? []
  if (bands.length > 1) return 0
  const [only] = bands as ((typeof bands)[number] | undefined)[]
  if (typeof only?.name === 'string' && namesBand(band, only.name)) return 3
  const common = only?.common_name ?? only?.['eo:common_name']
  if (typeof common === 'string' && COMMON_NAMES[common] === band) return 2
  return bandOfTitle(asset.title ?? '') === band ? 1 : 0
}

/** The band that a title begins with; null where it names none. */
function bandOfTitle(title: string): BandName | null {
  if (/^SCL\b|^scene classification\b/i.test(title)) return 'SCL'
  const match = /^(?:Band|B) ?0?(\d{1,2}A?)\b/i.exec(title)
  if (match === null) return null
  const name = `B${match[1].toUpperCase().padStart(2, '0')}`
  return BANDS.find((band) => band.name === name)?.name ?? null
}

function namesBand(band: BandName, text: string): boolean {
  const name = text.toUpperCase()
  return name === band || name === EARTH_SEARCH_KEYS[band] || name.replace(/^B(\d)$/, 'B0$1') === band
}

/** 2 where the asset is at the resolution, 1 where it does not say, 0 where it is at another. */
function resolutionFit(key: string, asset: StacAsset, resolution: number): 0 | 1 | 2 {
  const suffix = /[-_](10|20|60)m$/i.exec(key) ?? /[-_ ](10|20|60) ?m\b/i.exec(asset.title ?? '')
  const stated = asset['proj:transform']?.[0] ?? asset.gsd ?? (suffix === null ? null : Number(suffix[1]))
  if (stated === null) return 1
  return stated === resolution ? 2 : 0
}
