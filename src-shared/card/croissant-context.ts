/**
 * The JSON-LD context of a Croissant file: that of the specification (http://mlcommons.org/croissant/1.0, appendix 1), the
 * terms that its text uses beside them, and the namespace of the extension for geospatial data
 * (http://mlcommons.org/croissant/geo/1.0).
 */
export const CROISSANT_CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  arrayShape: 'cr:arrayShape',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileObject: 'cr:fileObject',
  fileProperty: 'cr:fileProperty',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  geocr: 'http://mlcommons.org/croissant/geo/',
  includes: 'cr:includes',
  isArray: 'cr:isArray',
  isEnumeration: 'cr:isEnumeration',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
} as const

/** The specifications that a file declares to follow. */
export const CROISSANT_CONFORMS = [
  'http://mlcommons.org/croissant/1.0',
  'http://mlcommons.org/croissant/geo/1.0',
] as const
