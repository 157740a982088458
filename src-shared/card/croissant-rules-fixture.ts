import { z } from 'zod'

/** Keywords of JSON-LD 1.1 that the files use. */
const KEYWORDS = new Set(['@context', '@type', '@id', '@language', '@vocab'])

/** Properties of schema.org that the files use without a prefix (https://schema.org/Dataset and the types it refers to). */
const SCHEMA_ORG = new Set([
  ...[
    'name',
    'description',
    'url',
    'license',
    'creator',
    'datePublished',
    'dateCreated',
    'version',
    'inLanguage',
  ],
  ...[
    'keywords',
    'citation',
    'spatialCoverage',
    'temporalCoverage',
    'geo',
    'box',
    'distribution',
    'contentUrl',
  ],
  ...['contentSize', 'encodingFormat', 'sha256', 'value', 'unitText'],
])

/** Classes of Croissant 1.0, schema.org and the extension for geospatial data. */
const TYPES = new Set([
  ...[
    'sc:Dataset',
    'cr:FileObject',
    'cr:FileSet',
    'cr:RecordSet',
    'cr:Field',
    'Organization',
    'Person',
    'Place',
  ],
  ...['GeoShape', 'QuantitativeValue', 'geocr:BandConfiguration', 'geocr:SpectralBand'],
])

/** Data types that the specification names; at least one of a field is atomic. */
const ATOMS = ['sc:Boolean', 'sc:Date', 'sc:DateTime', 'sc:Float', 'sc:Integer', 'sc:Text', 'sc:URL']
const DATA_TYPES = new Set([...ATOMS, 'sc:ImageObject', 'cr:Label', 'cr:Split', 'cr:BoundingBox'])

/** Properties of the extension (docs/croissant-geo-spec.md of mlcommons/croissant, version 1.0) that may be used. */
const GEO = new Set(
  [
    'coordinateReferenceSystem',
    'spatialResolution',
    'bandConfiguration',
    'totalBands',
    'bandNameList',
  ].concat(...[['spectralBandMetadata', 'centerWavelength', 'bandwidth', 'spatialBias', 'samplingStrategy']]),
)

const text = z.string().min(1)
const many = (one: z.ZodType): z.ZodType => z.union([one, z.array(one).min(1)])
const reference = z.strictObject({ '@id': text })
const quantity = z.strictObject({
  '@type': z.literal('QuantitativeValue'),
  value: z.number(),
  unitText: text,
})

const fieldSchema = z.looseObject({
  '@type': z.literal('cr:Field'),
  '@id': text,
  name: text,
  description: text,
  dataType: many(text).refine((types) => [types].flat().some((type) => ATOMS.includes(String(type)))),
  arrayShape: z
    .string()
    .regex(/^\d+(,\d+)*$/)
    .optional(),
  source: z
    .strictObject({
      fileObject: reference,
      extract: z.union([
        z.strictObject({ column: text }),
        z.strictObject({ fileProperty: z.enum(['fullpath', 'filename', 'content', 'lines', 'lineNumbers']) }),
      ]),
      transform: z.strictObject({ regex: text }).optional(),
    })
    .optional(),
  references: reference.optional(),
})

/** What must and may be there, after the tables of http://mlcommons.org/croissant/1.0 and its extension. */
const datasetSchema = z.looseObject({
  '@context': z.record(z.string(), z.unknown()),
  '@type': z.enum(['sc:Dataset', 'Dataset']),
  conformsTo: z.tuple([
    z.literal('http://mlcommons.org/croissant/1.0'),
    z.literal('http://mlcommons.org/croissant/geo/1.0'),
  ]),
  name: text,
  description: text,
  license: many(z.url()),
  url: text,
  creator: many(z.looseObject({ '@type': z.enum(['Organization', 'Person']), name: text })),
  datePublished: z.iso.date(),
  // Semantic Versioning 2.0.0
  version: z.string().regex(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/),
  isLiveDataset: z.boolean(),
  spatialCoverage: z
    .object({ geo: z.object({ box: z.string().regex(/^(-?[\d.]+ ){3}-?[\d.]+$/) }) })
    .optional(),
  temporalCoverage: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:]+Z\/\d{4}-\d\d-\d\dT[\d:]+Z$/)
    .optional(),
  'geocr:coordinateReferenceSystem': z.string().regex(/^EPSG:\d+$/),
  'geocr:spatialResolution': quantity,
  'geocr:spectralBandMetadata': z.array(
    z.strictObject({
      '@type': z.literal('geocr:SpectralBand'),
      name: text,
      'geocr:centerWavelength': quantity,
    }),
  ),
  distribution: z
    .array(
      z.looseObject({
        '@type': z.enum(['cr:FileObject', 'cr:FileSet']),
        '@id': text,
        name: text,
        contentUrl: text,
        contentSize: z.string().regex(/^\d+ B$/),
        encodingFormat: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      }),
    )
    .min(1),
  recordSet: z.array(
    z.looseObject({
      '@type': z.literal('cr:RecordSet'),
      '@id': text,
      name: text,
      key: many(reference).optional(),
      field: z.array(fieldSchema).min(1),
      data: z.array(z.record(z.string(), z.unknown())).optional(),
    }),
  ),
})

interface Walk {
  ids: string[]
  references: string[]
  faults: string[]
  context: Readonly<Record<string, unknown>>
}

/**
 * What a Croissant file has against its published rules, a line each, as far as that can be told without a network:
 * what must be there and of which kind, names that the context does not define, types and data types that are unknown,
 * identifiers that occur twice, references that lead nowhere.
 */
export function croissantFaults(json: string): string[] {
  const data: unknown = JSON.parse(json)
  const parsed = datasetSchema.safeParse(data)
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  const { '@context': context, ...dataset } = parsed.data
  const walk: Walk = { ids: [], references: [], faults: [], context }
  visit(dataset, '', walk)
  const known = new Set(walk.ids)
  return [
    ...walk.faults,
    ...walk.ids.filter((id, k) => walk.ids.indexOf(id) !== k).map((id) => `${id} is defined twice`),
    ...walk.references.filter((id) => !known.has(id)).map((id) => `${id} is referred to and not there`),
    ...walk.ids.filter((id) => !/^[\w./-]+$/.test(id)).map((id) => `${id} is no relative IRI`),
  ]
}

function visit(node: unknown, at: string, walk: Walk): void {
  if (Array.isArray(node)) {
    node.forEach((item, k) => visit(item, `${at}[${k}]`, walk))
    return
  }
  if (typeof node !== 'object' || node === null) return
  const entries = Object.entries(node)
  const id = entries.find(([key]) => key === '@id')?.[1] as unknown
  if (typeof id === 'string') (entries.length === 1 ? walk.references : walk.ids).push(id)
  for (const [key, value] of entries as [string, unknown][]) {
    if (!isKnown(key, walk.context)) walk.faults.push(`${at}.${key} is not defined`)
    if (key === '@type' && !TYPES.has(String(value))) walk.faults.push(`${at}: unknown type ${String(value)}`)
    if (key === 'dataType')
      for (const type of [value].flat())
        if (!DATA_TYPES.has(String(type))) walk.faults.push(`${at}: ${String(type)}`)
    if (key === 'data') walk.references.push(...keysOf(value))
    else visit(value, `${at}.${key}`, walk)
  }
}

/** Keys of the records given in a record set: identifiers of its fields. */
function keysOf(records: unknown): string[] {
  return z
    .array(z.record(z.string(), z.unknown()))
    .parse(records)
    .flatMap((record) => Object.keys(record))
}

function isKnown(key: string, context: Readonly<Record<string, unknown>>): boolean {
  if (KEYWORDS.has(key) || SCHEMA_ORG.has(key)) return true
  const [prefix, name] = key.split(':')
  if (prefix === 'geocr' && 'geocr' in context) return GEO.has(name)
  const target = context[key]
  const iri = typeof target === 'object' && target !== null && '@id' in target ? target['@id'] : target
  return typeof iri === 'string' && iri.includes(':') && String(iri.split(':').at(0)) in context
}
