import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { BANDS } from '../src-shared/dataset/bands'
import {
  bandName,
  productMetadata,
  granuleOf,
  tileMetadata,
  type ProductFacts,
} from '../src-worker/safe/product-fixture'
import { writeZip } from '../src-worker/safe/zip-fixture'
import { SAMPLE_DIR } from './tools'

const itemsSchema = z.object({
  features: z.array(
    z.object({
      collection: z.string(),
      properties: z.looseObject({
        datetime: z.string().nullable(),
        'eo:cloud_cover': z.number().optional(),
        's2:product_uri': z.string().optional(),
        's2:processing_baseline': z.string().optional(),
        'proj:epsg': z.number().optional(),
      }),
      assets: z.record(
        z.string(),
        z.looseObject({
          href: z.string(),
          'proj:shape': z.array(z.number()).optional(),
          'proj:transform': z.array(z.number()).optional(),
        }),
      ),
    }),
  ),
})
type Item = z.infer<typeof itemsSchema>['features'][number]

/** Ways to write lossless JPEG 2000 that products may have; each scene of the sample gets another. */
const WAYS: readonly (readonly string[])[] = [
  ['BLOCKXSIZE=128', 'BLOCKYSIZE=128'],
  ['BLOCKXSIZE=100', 'BLOCKYSIZE=60', 'TLM=YES', 'PLT=YES'],
  ['BLOCKXSIZE=128', 'BLOCKYSIZE=128', 'TILEPARTS=RESOLUTIONS'],
  ['BLOCKXSIZE=64', 'BLOCKYSIZE=128', 'GeoJP2=NO', 'GMLJP2=NO'],
  ['BLOCKXSIZE=1024', 'BLOCKYSIZE=1024', 'GeoJP2=NO'],
  ['BLOCKXSIZE=128', 'BLOCKYSIZE=128', 'PRECINCTS={64,64},{64,64}', 'PROGRESSION=RPCL'],
]

/**
 * Writes the bundled sample as others have it: its scenes as SAFE products with JPEG 2000 bands, which GDAL makes of the
 * cloud-optimised ones, one of them in a stored and one in a deflated zip archive; tiles of terrain and land cover by
 * name, without STAC.
 * @returns names of the products, the zipped ones last
 */
export async function writeSafeWorld(folder: string): Promise<string[]> {
  for (const tiles of ['copdem', 'worldcover']) {
    cpSync(join(SAMPLE_DIR, tiles), join(folder, tiles), { recursive: true })
  }
  const document = join(SAMPLE_DIR, 'stac/items.json')
  const { features } = itemsSchema.parse(JSON.parse(readFileSync(document, 'utf8')))
  const scenes = features.filter(({ collection }) => collection === 'sentinel-2-l2a')
  const bands = scenes.flatMap((item, scene) => {
    const facts = factsOf(item)
    return BANDS.map(({ name, resolution }) => ({
      source: resolve(dirname(document), item.assets[name].href),
      target: join(folder, 'products', `${facts.product}.SAFE`, `${bandName(facts, name, resolution)}.jp2`),
      options: [...WAYS[scene % WAYS.length], ...(name === 'SCL' ? [] : ['NBITS=15'])],
    }))
  })
  await atOnce(bands, ({ source, target, options }) => encode(source, target, options))
  const products = scenes.map((item) => {
    const facts = factsOf(item)
    const path = join(folder, 'products', `${facts.product}.SAFE`)
    writeFileSync(join(path, 'MTD_MSIL2A.xml'), productMetadata(facts))
    writeFileSync(join(path, granuleOf(facts), 'MTD_TL.xml'), tileMetadata(facts))
    return facts
  })
  for (const facts of products.slice(-2)) zip(join(folder, 'products'), facts, facts === products.at(-1))
  return products.map(({ product }) => product)
}

/**
 * Writes a STAC item collection beside the products: the sample's own items, with the JPEG 2000 bands of the products that
 * are not zipped; the other scenes and the tiles are copied as they are.
 * @returns its path
 */
export function writeStacOfProducts(folder: string): string {
  const source = join(SAMPLE_DIR, 'stac/items.json')
  const document = z
    .object({ features: z.array(z.looseObject({})) })
    .parse(JSON.parse(readFileSync(source, 'utf8')))
  const { features } = itemsSchema.parse(document)
  for (const [i, item] of features.entries()) {
    const assets = { ...item.assets }
    const products = item.collection === 'sentinel-2-l2a' ? factsOf(item) : null
    for (const [key, asset] of Object.entries(assets)) {
      const original = resolve(dirname(source), asset.href)
      const band = BANDS.find(({ name }) => name === key)
      const jp2 =
        products === null || band === undefined
          ? null
          : join(
              folder,
              'products',
              `${products.product}.SAFE`,
              `${bandName(products, band.name, band.resolution)}.jp2`,
            )
      const isThere = jp2 !== null && existsSync(jp2)
      const path = isThere ? jp2 : join(folder, relative(SAMPLE_DIR, original))
      if (!isThere) cpSync(original, path)
      // The media type of the original would be wrong; the extension tells.
      assets[key] = { ...asset, href: path, type: undefined }
    }
    document.features[i].assets = assets
  }
  const path = join(folder, 'items.json')
  writeFileSync(path, JSON.stringify(document))
  return path
}

function factsOf({ properties, assets }: Item): ProductFacts {
  const [height, width] = assets.B02['proj:shape'] ?? []
  const [, , x0, , , y0] = assets.B02['proj:transform'] ?? []
  const baseline = properties['s2:processing_baseline'] ?? ''
  return {
    product: (properties['s2:product_uri'] ?? '').replace('.SAFE', ''),
    datetime: properties.datetime ?? '',
    cloudCover: properties['eo:cloud_cover'] ?? NaN,
    baseline,
    epsg: properties['proj:epsg'] ?? NaN,
    grid: { x0, y0, width, height },
    offset: Number(baseline) >= 4 ? -1000 : null,
  }
}

/** Replaces a product's folder by an archive of it. */
function zip(folder: string, facts: ProductFacts, deflated: boolean): void {
  const root = `${facts.product}.SAFE`
  const names = [
    'MTD_MSIL2A.xml',
    `${granuleOf(facts)}/MTD_TL.xml`,
    ...BANDS.map(({ name, resolution }) => `${bandName(facts, name, resolution)}.jp2`),
  ]
  const entries = names.map((name) => ({
    name: `${root}/${name}`,
    content: readFileSync(join(folder, root, name)),
    deflated,
  }))
  writeZip(join(folder, `${facts.product}.zip`), entries)
  rmSync(join(folder, root), { recursive: true })
}

/** @throws Error with what GDAL said */
async function encode(source: string, target: string, options: readonly string[]): Promise<void> {
  mkdirSync(dirname(target), { recursive: true })
  const lossless = ['REVERSIBLE=YES', 'QUALITY=100', ...options].flatMap((option) => ['-co', option])
  const args = ['-q', '-of', 'JP2OpenJPEG', '--config', 'GDAL_PAM_ENABLED', 'NO', ...lossless, source, target]
  const child = spawn('gdal_translate', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const status = await new Promise((done) => child.on('close', done))
  if (status !== 0) throw new Error(`GDAL could not write ${target}: ${said}`)
}

async function atOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const one = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, one))
}
