import { BAND_NAMES, PIXEL_SIZE } from '../dataset/bands'
import type { Card } from './card'
import type { FileFacts } from './card-facts'
import { cardSummary } from './card-sections'
import { CROISSANT_CONFORMS, CROISSANT_CONTEXT } from './croissant-context'
import { bandConfiguration, sampleRecords, spectralBands, splitRecords } from './croissant-fields'
import { SOURCE_TERMS } from './source-terms'

/** Media type of HDF5 files; none is registered. */
const HDF5_TYPE = 'application/x-hdf5'

/**
 * The dataset as Croissant 1.0 with the extension for geospatial data, as JSON-LD. Addresses are relative to the file
 * itself, so that the folder can be put anywhere. Who publishes it puts address and date in, and the name where the settings have none.
 */
export function croissant(card: Card): string {
  const readable = card.files.filter(({ datasets }) => datasets.length > 0)
  const day = card.created.slice(0, 10)
  const description = {
    '@context': CROISSANT_CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: CROISSANT_CONFORMS,
    name: card.name,
    description: `${cardSummary(card)} Positions are WGS 84; the field CRS has the coordinate reference system of each patch.`,
    url: 'data_card.html',
    license: [...new Set(SOURCE_TERMS.map(({ licence }) => licence))],
    creator: {
      '@type': 'Organization',
      name: card.settings.creator ?? `User of ${card.software} (put your name here)`,
    },
    datePublished: day,
    dateCreated: card.created,
    version: '1.0.0',
    inLanguage: 'en',
    isLiveDataset: false,
    keywords: [
      'GEDI',
      'Sentinel-2',
      'aboveground biomass',
      'Copernicus DEM',
      'ESA WorldCover',
      'remote sensing',
    ],
    citeAs: `@misc{dataset, title = {${texText(card.name)}}, year = {${day.slice(0, 4)}}, note = {Made by ${card.software}}}`,
    citation: SOURCE_TERMS.map(({ citation }) => citation),
    ...coverage(card.files),
    'geocr:coordinateReferenceSystem': 'EPSG:4326',
    'geocr:spatialResolution': { '@type': 'QuantitativeValue', value: PIXEL_SIZE, unitText: 'm' },
    'geocr:bandConfiguration': bandConfiguration(BAND_NAMES),
    'geocr:spectralBandMetadata': spectralBands(),
    'geocr:samplingStrategy': samplingText(card),
    distribution: card.files.map(fileObject),
    recordSet: [
      ...(readable.length === 0 ? [] : [splitRecords(readable)]),
      ...readable.map((file) => sampleRecords(file, card.settings.slopeUnit)),
    ],
  }
  return `${JSON.stringify(description, null, 2)}\n`
}

function fileObject({ name, split, bytes, sha256 }: FileFacts): object {
  return {
    '@type': 'cr:FileObject',
    '@id': name,
    name,
    description:
      sha256 === null
        ? `Samples of the ${split} split. The file is large and no checksum was made; --verify full makes one.`
        : `Samples of the ${split} split.`,
    contentUrl: name,
    contentSize: `${bytes} B`,
    encodingFormat: HDF5_TYPE,
    ...(sha256 === null ? {} : { sha256 }),
  }
}

/** Box (south, west, north, east: schema.org has latitude first) and days of all files together. */
function coverage(files: readonly FileFacts[]): object {
  const boxes = files.flatMap((file) => (file.bounds === null ? [] : [file.bounds]))
  // Boxes on both sides of the antimeridian are brought to the turn of the first one.
  const bounds = boxes.map((box) => {
    const turn = 360 * Math.round((boxes[0].west - box.west) / 360)
    return { ...box, west: box.west + turn, east: box.east + turn }
  })
  const times = files.flatMap(({ acquired }) => (acquired === null ? [] : [acquired]))
  const [south, north] = [
    Math.min(...bounds.map((box) => box.south)),
    Math.max(...bounds.map((box) => box.north)),
  ]
  const [west, east] = [
    Math.min(...bounds.map((box) => box.west)),
    Math.max(...bounds.map((box) => box.east)),
  ]
  // A box over the antimeridian has its east west of its west.
  const corner = east > 180 ? east - 360 : east
  const box = [south, west, north, corner].map((value) => String(Number(value.toFixed(6)))).join(' ')
  const first = times
    .map(({ first: time }) => time)
    .sort()
    .at(0)
  const last = times
    .map(({ last: time }) => time)
    .sort()
    .at(-1)
  return {
    ...(bounds.length === 0
      ? {}
      : { spatialCoverage: { '@type': 'Place', geo: { '@type': 'GeoShape', box } } }),
    ...(first === undefined || last === undefined ? {} : { temporalCoverage: `${first}/${last}` }),
  }
}

function samplingText({ settings }: Card): string {
  return `Windows of 32 x 32 pixels around GEDI footprints, drawn evenly over the days of the year by seed ${settings.seed}; footprints with clouds, shadow, snow, water or steep ground are left out. The year of the footprint decides the split.`
}

function texText(text: string): string {
  return text.replace(/[\\{}]/g, ' ')
}
