import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'

/**
 * A field that the program can do without: absent, null and a value of the wrong kind are all the same to it, so
 * that one odd thumbnail does not cost a whole item.
 */
const maybe = <T extends z.ZodType>(schema: T): z.ZodCatch<z.ZodOptional<z.ZodNullable<T>>> =>
  schema.nullish().catch(undefined)

/** The projection extension, which stands on the item or on each asset; codes as numbers until 1.2, then as text. */
const projection = {
  'proj:epsg': maybe(z.int()),
  'proj:code': maybe(z.string()),
  'proj:transform': maybe(z.array(z.number())),
  'proj:shape': maybe(z.array(z.int())),
}

/** A band of an asset: `eo:bands` until STAC 1.0, `bands` with `eo:common_name` since 1.1. */
const bandSchema = z.object({
  name: maybe(z.string()),
  common_name: maybe(z.string()),
  'eo:common_name': maybe(z.string()),
})

const assetSchema = z.object({
  href: maybe(z.string().min(1)),
  type: maybe(z.string()),
  title: maybe(z.string()),
  roles: maybe(z.array(z.string())),
  gsd: maybe(z.number()),
  ...projection,
  'eo:bands': maybe(z.array(bandSchema)),
  bands: maybe(z.array(bandSchema)),
})
/** An asset of a STAC item, with the fields that the program looks at. */
export type StacAsset = z.infer<typeof assetSchema>

const propertiesSchema = z.object({
  datetime: maybe(z.string()),
  start_datetime: maybe(z.string()),
  gsd: maybe(z.number()),
  'eo:cloud_cover': maybe(z.number()),
  ...projection,
  'processing:version': maybe(z.string()),
  'processing:software': maybe(z.record(z.string(), z.unknown())),
  's2:processing_baseline': maybe(z.union([z.string(), z.number()])),
  's2:product_uri': maybe(z.string()),
  's2:product_type': maybe(z.string()),
  'earthsearch:boa_offset_applied': maybe(z.boolean()),
  'esa_worldcover:product_version': maybe(z.string()),
})

const itemSchema = z.object({
  type: z.literal('Feature'),
  id: z.string().min(1),
  collection: maybe(z.string()),
  bbox: maybe(z.array(z.number())),
  properties: propertiesSchema,
  assets: z.record(z.string(), assetSchema),
})
/** A STAC item of any version since 0.9, with the fields that the program looks at; others are let pass. */
export type StacItem = z.infer<typeof itemSchema>

const linkSchema = z.object({ rel: z.string(), href: z.string().min(1) })

const catalogSchema = z.object({
  id: maybe(z.string()),
  links: z.array(z.unknown()).transform((links) =>
    links.flatMap((link) => {
      const parsed = linkSchema.safeParse(link)
      return parsed.success ? [parsed.data] : []
    }),
  ),
})
/** A STAC catalog or collection, of which only the links matter here. */
export type StacCatalog = z.infer<typeof catalogSchema>

const markers = z.object({ type: maybe(z.string()), stac_version: maybe(z.string()) }).loose()

/** What a JSON value claims to be; `other` where it is clearly no STAC. */
export type StacKind = 'item' | 'item-collection' | 'catalog' | 'other'

/** Tells what a parsed JSON value claims to be, by its `type`, `stac_version`, `assets` and `links`. */
export function stacKind(value: unknown): StacKind {
  const parsed = markers.safeParse(value)
  if (!parsed.success) return 'other'
  const { type, stac_version: version, ...rest } = parsed.data
  const stac = typeof version === 'string'
  if (type === 'Feature') return stac || 'assets' in rest ? 'item' : 'other'
  if (type === 'FeatureCollection') return 'item-collection'
  if (type === 'Catalog' || type === 'Collection') return stac || 'links' in rest ? 'catalog' : 'other'
  return stac ? 'catalog' : 'other'
}

/**
 * Checks a parsed JSON value as a STAC item.
 * @throws StudioError `catalog-invalid` that names the item and what is wrong with it.
 */
export function parseStacItem(value: unknown): StacItem {
  const parsed = itemSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const id = z.object({ id: z.string() }).safeParse(value).data?.id
  const what = id === undefined ? 'An item without an id' : `Item ${id}`
  throw invalid(`${what} is no STAC item: ${issues(parsed.error)}.`, id)
}

/**
 * Checks a parsed JSON value as a STAC catalog or collection.
 * @throws StudioError `catalog-invalid` that says what is wrong with it.
 */
export function parseStacCatalog(value: unknown): StacCatalog {
  const parsed = catalogSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalid(`It is no STAC catalog: ${issues(parsed.error)}.`)
}

/** West, south, east, north of a `bbox` of 4 or 6 numbers, or null where it is neither. */
export function horizontalBounds(
  bbox: readonly number[] | null | undefined,
): [number, number, number, number] | null {
  if (bbox?.length === 4) return [bbox[0], bbox[1], bbox[2], bbox[3]]
  if (bbox?.length === 6) return [bbox[0], bbox[1], bbox[3], bbox[4]]
  return null
}

/** The EPSG code of a projection extension, as a number or as `EPSG:32632`; null where there is none. */
export function epsgOf(fields: Pick<StacAsset, 'proj:epsg' | 'proj:code'>): number | null {
  if (typeof fields['proj:epsg'] === 'number') return fields['proj:epsg']
  const code = /^EPSG:(\d+)$/i.exec(fields['proj:code'] ?? '')
  return code === null ? null : Number(code[1])
}

function issues(error: z.ZodError): string {
  const listed = error.issues.slice(0, 3).map(({ path, message }) => {
    const place = path.map(String).join('.')
    return place === '' ? message : `${place}: ${message}`
  })
  return listed.join('; ')
}

function invalid(message: string, item?: string): StudioError {
  return new StudioError('catalog-invalid', message, {
    hint: 'Compare it with the STAC specification, or fetch it again from its source.',
    ...(item === undefined ? {} : { context: { item } }),
  })
}
