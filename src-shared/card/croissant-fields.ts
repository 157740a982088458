import { BANDS } from '../dataset/bands'
import { DATA_GROUP, DATASETS, type DatasetSpec } from '../dataset/datasets'
import type { Settings } from '../settings/settings'
import { WAVELENGTHS } from '../patches/wavelengths'
import type { FileFacts } from './card-facts'

/** Split of which a file holds the samples, as Croissant names it. */
const SPLIT_TYPES = { train: 'cr:TrainingSplit', test: 'cr:TestSplit' } as const

/** Datasets whose values are dates rather than plain texts. */
const DATES = new Set(['GEDI Acquisition Time'])
/** What is to be predicted. */
const LABELS = new Set(['AGBD Values', 'AGBD Raster'])

/** The record set that says what the splits mean. */
export function splitRecords(files: readonly FileFacts[]): object {
  return {
    '@type': 'cr:RecordSet',
    '@id': 'splits',
    name: 'splits',
    description: 'The splits of the dataset.',
    dataType: 'cr:Split',
    key: { '@id': 'splits/name' },
    field: [
      { '@type': 'cr:Field', '@id': 'splits/name', name: 'name', description: 'Name.', dataType: 'sc:Text' },
      { '@type': 'cr:Field', '@id': 'splits/url', name: 'url', description: 'Meaning.', dataType: 'sc:URL' },
    ],
    data: files.map(({ split }) => ({ 'splits/name': split, 'splits/url': SPLIT_TYPES[split] })),
  }
}

/** The samples of a file: a record each, a field for each of its datasets. */
export function sampleRecords(file: FileFacts, slopeUnit: Settings['slopeUnit']): object {
  const { split, name } = file
  const found = new Set(file.datasets)
  const specs = DATASETS.filter((spec) => found.has(spec.name))
  return {
    '@type': 'cr:RecordSet',
    '@id': split,
    name: split,
    description: `The ${file.samples} samples of ${name}, one for each index of the first axis of its HDF5 datasets.`,
    ...(found.has('GEDI Shot Number') ? { key: { '@id': fieldId(split, 'GEDI Shot Number') } } : {}),
    field: [splitField(split, name), ...specs.map((spec) => field(spec, split, name, slopeUnit))],
  }
}

function splitField(split: string, name: string): object {
  return {
    '@type': 'cr:Field',
    '@id': `${split}/split`,
    name: 'split',
    description: 'Split of the sample, by the name of the file.',
    dataType: 'sc:Text',
    source: {
      fileObject: { '@id': name },
      extract: { fileProperty: 'filename' },
      transform: { regex: '^(train|test)_dataset\\.h5$' },
    },
    references: { '@id': 'splits/name' },
  }
}

function field(spec: DatasetSpec, split: string, name: string, slopeUnit: Settings['slopeUnit']): object {
  const isArray = spec.shape.length > 1 || spec.shape[0] > 1
  const { type } = spec
  const element = type.kind === 'string' ? `text of at most ${type.length} characters` : type.kind
  const { description, units } = spec.attributes
  const unit = spec.name === 'CopDEM' ? `m, ${slopeUnit}` : units
  const unitText = 'units' in spec.attributes || spec.name === 'CopDEM' ? `, unit ${String(unit)}` : ''
  return {
    '@type': 'cr:Field',
    '@id': fieldId(split, spec.name),
    name: spec.name,
    description: `${String(description)}; ${element}${unitText}.`,
    dataType: dataType(spec),
    ...(isArray ? { repeated: true, isArray: true, arrayShape: spec.shape.join(',') } : {}),
    // The specification has no property for paths in HDF5 files; a dataset is what a column is elsewhere.
    source: { fileObject: { '@id': name }, extract: { column: `${DATA_GROUP}/${spec.name}` } },
    ...bands(spec),
  }
}

function dataType(spec: DatasetSpec): string | string[] {
  const atom = ATOMS[spec.type.kind]
  if (DATES.has(spec.name)) return 'sc:DateTime'
  return LABELS.has(spec.name) ? [atom, 'cr:Label'] : atom
}

const ATOMS = {
  uint8: 'sc:Integer',
  uint16: 'sc:Integer',
  int64: 'sc:Integer',
  float32: 'sc:Float',
  string: 'sc:Text',
} as const

/** Identifier of a field, an IRI reference without spaces. */
function fieldId(split: string, name: string): string {
  return `${split}/${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
}

function bands({ attributes }: DatasetSpec): object {
  const { bands: names } = attributes
  return Array.isArray(names) ? { 'geocr:bandConfiguration': bandConfiguration(names) } : {}
}

/** Bands of a raster in their order along its axis. */
export function bandConfiguration(names: readonly string[]): object {
  return {
    '@type': 'geocr:BandConfiguration',
    'geocr:totalBands': names.length,
    'geocr:bandNameList': names,
  }
}

/** Central wavelengths of the reflectance bands, nm. */
export function spectralBands(): object[] {
  return BANDS.flatMap(({ name }) => {
    const value = WAVELENGTHS[name]
    if (value === null) return []
    const wavelength = { '@type': 'QuantitativeValue', value, unitText: 'nm' }
    return [{ '@type': 'geocr:SpectralBand', name, 'geocr:centerWavelength': wavelength }]
  })
}
