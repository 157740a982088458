import { BANDS, type BandName } from '../../src-shared/dataset/bands'

/** `…/IMG_DATA/R20m/T32TNT_20200604T102031_B8A_20m.jp2`; before 2018 also `…/IMG_DATA/L2A_T32TNT_…_SCL_20m.jp2`. */
const BAND_FILE = /^GRANULE\/.*IMG_DATA\/.*_(B\d\d|B8A|SCL)_(10|20|60)m\.(?:jp2|tiff?)$/i
const EXTENSION = /\.(?:jp2|tiff?)$/i

/**
 * Chooses the file of every band at its own resolution, by its name; of several, one that the metadata name.
 * @param names of the files of a product
 * @param listed the metadata's image files, which have no extension
 */
export function findBandFiles(
  names: readonly string[],
  listed: readonly { text: string }[],
): { found: Map<BandName, string>; missing: BandName[] } {
  const inMetadata = new Set(listed.map(({ text }) => lastPart(text)))
  const candidates = names.flatMap((name) => {
    const match = BAND_FILE.exec(name)
    return match === null ? [] : [{ name, band: match[1].toUpperCase(), resolution: Number(match[2]) }]
  })
  const found = new Map<BandName, string>()
  for (const { name: band, resolution } of BANDS) {
    const ofBand = candidates.filter((each) => each.band === band && each.resolution === resolution)
    const chosen = ofBand.find(({ name }) => inMetadata.has(lastPart(name))) ?? ofBand.at(0)
    if (chosen !== undefined) found.set(band, chosen.name)
  }
  return { found, missing: BANDS.map(({ name }) => name).filter((name) => !found.has(name)) }
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(EXTENSION, '')
}
