import { z } from 'zod'
import type { Scene } from '../../src-shared/catalog/scene'
import { BAND_NAMES, BANDS, PIXEL_SIZE, type BandName } from '../../src-shared/dataset/bands'
import { StudioError } from '../../src-shared/errors/studio-error'
import { gridBounds } from '../catalog/grid-outline'
import { findProductName, parseBaseline } from '../catalog/product-name'
import { isUtm } from '../raster/projection'
import { invalidArchive } from './archive-error'
import { findBandFiles } from './band-files'
import { Metadata } from './metadata'
import { PRODUCT_METADATA, type ProductFiles } from './product-files'

/** The first processing baseline whose values carry an offset of 1000 (ESA, 25 January 2022). */
const OFFSET_BASELINE = 4
const BOA_OFFSET = -1000

/** Bands by `band_id` of BOA_ADD_OFFSET (Sentinel-2 product specification, physical bands from 0). */
const BAND_IDS: Readonly<Record<Exclude<BandName, 'SCL'>, number>> = {
  B02: 1,
  B03: 2,
  B04: 3,
  B05: 4,
  B06: 5,
  B07: 6,
  B08: 7,
  B8A: 8,
  B09: 9,
  B11: 11,
  B12: 12,
}

const number = (text: string | null): number => (text === null || text === '' ? NaN : Number(text))

const factsSchema = z.object({
  product: z.string('PRODUCT_URI').regex(/^[\w.-]+$/, 'PRODUCT_URI'),
  datetime: z.number('SENSING_TIME'),
  cloudCover: z.number('Cloud_Coverage_Assessment').min(0).max(100),
  epsg: z.int('HORIZONTAL_CS_CODE').refine(isUtm, 'HORIZONTAL_CS_CODE is no UTM zone'),
  grid: z.object({
    x0: z.number('ULX'),
    y0: z.number('ULY'),
    width: z.int('NCOLS').positive(),
    height: z.int('NROWS').positive(),
  }),
})

/**
 * Reads a Sentinel-2 L2A product: metadata of the product and of its tile, and which file is which band.
 * @throws StudioError `archive-invalid` where metadata are missing or damaged, `scene-incomplete` where bands are.
 */
export async function readSafeScene(files: ProductFiles): Promise<Scene> {
  const product = await metadataOf(files, PRODUCT_METADATA)
  const tiles = files.names.filter((name) => /^GRANULE\/[^/]+\/MTD_TL\.xml$/.test(name))
  if (tiles.length > 1) {
    throw invalidArchive(
      files.path,
      `The product holds ${tiles.length} tiles.`,
      'Products of one tile are read, as ESA delivers them since 2016; split this one.',
    )
  }
  const tile = await metadataOf(files, tiles.at(0) ?? 'GRANULE/*/MTD_TL.xml')
  const facts = factsOf(product, tile, files)
  const baseline =
    parseBaseline(product.text('PROCESSING_BASELINE')) ?? findProductName(facts.product)?.baseline ?? null
  const { found, missing } = findBandFiles(
    files.names,
    product.texts('IMAGE_FILE', 'IMAGE_FILE_2A', 'IMAGE_ID_2A'),
  )
  if (missing.length > 0) {
    throw new StudioError(
      'scene-incomplete',
      `Product ${facts.product} lacks the files of ${missing.join(', ')}.`,
      {
        file: files.path,
        hint: 'Download the product again with all of its bands.',
        context: { item: facts.product, missing: missing.join(',') },
      },
    )
  }
  return {
    id: facts.product,
    ...facts,
    baseline,
    addOffsets: offsetsOf(product, baseline),
    bounds: gridBounds(facts.epsg, facts.grid),
    bands: Object.fromEntries(
      BAND_NAMES.map((band) => [band, files.href(found.get(band) ?? '')]),
    ) as Scene['bands'],
  }
}

async function metadataOf(files: ProductFiles, name: string): Promise<Metadata> {
  if (!files.names.includes(name)) {
    throw invalidArchive(
      files.path,
      `The product has no ${name}.`,
      'It may be half downloaded; get it again.',
    )
  }
  return Metadata.parse(await files.text(name), files.href(name))
}

function factsOf(product: Metadata, tile: Metadata, files: ProductFiles): z.infer<typeof factsSchema> {
  const ten = String(PIXEL_SIZE)
  const size = (child: string): number => number(tile.childOf('Size', 'resolution', ten, child))
  const corner = (child: string): number => number(tile.childOf('Geoposition', 'resolution', ten, child))
  const uri = product.text('PRODUCT_URI', 'PRODUCT_URI_2A') ?? files.folder
  const parsed = factsSchema.safeParse({
    product: uri.replace(/\.SAFE$/i, ''),
    datetime: utc(tile.text('SENSING_TIME') ?? product.text('PRODUCT_START_TIME') ?? ''),
    cloudCover: number(product.text('Cloud_Coverage_Assessment') ?? tile.text('CLOUDY_PIXEL_PERCENTAGE')),
    epsg: number(tile.text('HORIZONTAL_CS_CODE')?.replace(/^EPSG:/i, '') ?? null),
    grid: { x0: corner('ULX'), y0: corner('ULY'), width: size('NCOLS'), height: size('NROWS') },
  })
  if (parsed.success) return parsed.data
  const lacking = parsed.error.issues.map(({ message, path }) => `${message} (${path.join('.')})`).join(', ')
  throw invalidArchive(files.path, `The metadata lack or garble ${lacking}.`, undefined, parsed.error)
}

/** Milliseconds since 1970; a time without zone is UTC. */
function utc(text: string): number {
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
}

/**
 * What to add to the values of each band: the metadata's own BOA_ADD_OFFSET, else -1000 from baseline 04.00 on.
 * @throws StudioError `archive-invalid` where an offset is none that a band of 16 bits can have.
 */
function offsetsOf(product: Metadata, baseline: number | null): number[] {
  const own = new Map(
    product
      .texts('BOA_ADD_OFFSET')
      .map(({ text, attribute }) => [attribute('band_id'), number(text)] as const),
  )
  const rule = baseline !== null && baseline >= OFFSET_BASELINE ? BOA_OFFSET : 0
  return BANDS.map(({ name }) => {
    if (name === 'SCL') return 0
    const offset = own.get(String(BAND_IDS[name])) ?? rule
    if (Number.isInteger(offset) && offset <= 0 && offset > -65536) return offset
    throw invalidArchive(product.file, `BOA_ADD_OFFSET of ${name} is ${offset}.`)
  })
}
