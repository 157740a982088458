import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { realFile } from '../../e2e/tools'
import { BAND_NAMES, BANDS } from '../../src-shared/dataset/bands'
import { ImageryFolder } from '../catalog/folder-fixture'
import { bandName, FACTS, granuleOf, productFiles, writeProduct } from './product-fixture'
import { writeZip, type TestEntry } from './zip-fixture'

let world: ImageryFolder
beforeEach(() => (world = new ImageryFolder()))
afterEach(() => world.remove())

const band = (name: string): string =>
  `${bandName(FACTS, name, BANDS.find((b) => b.name === name)?.resolution ?? 0)}.jp2`
const entriesOf = (files = productFiles(FACTS), deflated = false): TestEntry[] =>
  [...files].map(([name, content]) => ({ name: `${FACTS.product}.SAFE/${name}`, content, deflated }))

describe('a SAFE folder', () => {
  it('is a scene, with each band at its own resolution', async () => {
    const path = writeProduct(world.path, FACTS)
    const { scenes } = await world.read()
    expect(world.skipped).toEqual([])
    expect(scenes).toHaveLength(1)
    expect(scenes[0]).toMatchObject({
      id: FACTS.product,
      product: FACTS.product,
      datetime: Date.parse(FACTS.datetime),
      cloudCover: 12.5,
      baseline: 2.14,
      epsg: 32632,
      grid: FACTS.grid,
      addOffsets: BANDS.map(() => 0),
    })
    for (const name of BAND_NAMES) expect(readFileSync(scenes[0].bands[name], 'utf8')).toBe(name)
    expect(scenes[0].bands.B8A).toBe(join(path, band('B8A')))
    expect(scenes[0].bounds[1]).toBeGreaterThan(46)
  })

  it('is read as the folder that was named, too', async () => {
    writeProduct(world.path, FACTS)
    expect((await world.read({ inside: `${FACTS.product}.SAFE` })).scenes).toHaveLength(1)
  })

  it('may hold GeoTIFFs, and have the layout of older products', async () => {
    const files = productFiles(FACTS)
    files.delete(band('B02'))
    files.set(band('B02').replace('.jp2', '.tif'), 'B02')
    files.delete(band('SCL'))
    files.set(`${granuleOf(FACTS)}/IMG_DATA/L2A_T32TNT_20200604T102031_SCL_20m.jp2`, 'SCL')
    const old = (files.get('MTD_MSIL2A.xml') ?? '')
      .replaceAll('PRODUCT_URI', 'PRODUCT_URI_2A')
      .replaceAll('IMAGE_FILE', 'IMAGE_FILE_2A')
    files.set('MTD_MSIL2A.xml', old)
    writeProduct(world.path, FACTS, files)
    const { scenes } = await world.read()
    expect(scenes[0].product).toBe(FACTS.product)
    expect(scenes[0].bands.B02).toMatch(/B02_10m\.tif$/)
    expect(readFileSync(scenes[0].bands.SCL, 'utf8')).toBe('SCL')
  })

  it.each([
    ['the metadata’s own offset', '04.00', -1000, -1000],
    ['another one', '05.10', -500, -500],
    ['none, by the metadata', '04.00', 0, 0],
    ['that of the baseline where the metadata have none', '05.00', null, -1000],
    ['none before baseline 04.00', '03.01', null, 0],
  ])('has %s', async (_, baseline, offset, expected) => {
    writeProduct(world.path, { ...FACTS, baseline, offset })
    const { scenes } = await world.read()
    expect(scenes[0].addOffsets).toEqual(BANDS.map(({ name }) => (name === 'SCL' ? 0 : expected)))
  })

  it('is one scene with the STAC item of the same product, and the item counts', async () => {
    const item = world.itemWithBands('stac', {
      id: 'from-stac',
      properties: { 's2:product_uri': `${FACTS.product}.SAFE` },
    })
    world.write('stac/item.json', item)
    writeProduct(world.path, FACTS)
    expect((await world.read()).scenes.map(({ id }) => id)).toEqual(['from-stac'])
  })

  it('without metadata may hold what STAC items point to', async () => {
    const item = world.itemWithBands('a.SAFE/GRANULE')
    world.write('a.SAFE/GRANULE/item.json', item)
    expect((await world.read()).scenes).toHaveLength(1)
    expect(world.skipped).toEqual([])
  })
})

describe('a product that cannot be used is named, and the others are read:', () => {
  const other = { ...FACTS, product: FACTS.product.replace('20200604T102031_N', '20200614T102031_N') }
  const read = async (): Promise<string[]> => {
    writeProduct(world.path, other)
    const { scenes } = await world.read()
    expect(scenes.map(({ id }) => id)).toEqual([other.product])
    return world.skipped.map(({ tag, message, file }) => `${tag} ${file ?? ''} ${message}`)
  }

  it.each(['SCL', 'B09'] as const)('%s is missing', async (name) => {
    const files = productFiles(FACTS)
    files.delete(band(name))
    const path = writeProduct(world.path, FACTS, files)
    expect(await read()).toEqual([
      `scene-incomplete ${path} Product ${FACTS.product} lacks the files of ${name}.`,
    ])
  })

  it('the product’s metadata are missing', async () => {
    const path = writeProduct(world.path, FACTS)
    rmSync(join(path, 'MTD_MSIL2A.xml'))
    expect(await read()).toEqual([`archive-invalid ${path} The product has no MTD_MSIL2A.xml.`])
  })

  it('the tile’s metadata are missing', async () => {
    const path = writeProduct(world.path, FACTS)
    rmSync(join(path, granuleOf(FACTS), 'MTD_TL.xml'))
    expect((await read())[0]).toMatch(/^archive-invalid .* The product has no GRANULE\/\*\/MTD_TL\.xml/)
  })

  it.each([
    ['are cut off', (text: string) => text.slice(0, text.length / 2), /cut off/],
    ['are empty', () => '', /cut off/],
    [
      'have a document type',
      (text: string) => text.replace('<n1:', '<!DOCTYPE a [<!ENTITY b "c">]><n1:'),
      /document type/,
    ],
    [
      'lack the cloud cover',
      (text: string) => text.replaceAll('Cloud_Coverage', 'Other'),
      /Cloud_Coverage_Assessment/,
    ],
    [
      'name a product like a path',
      (text: string) => text.replace('<PRODUCT_URI>', '<PRODUCT_URI>../'),
      /PRODUCT_URI/,
    ],
    [
      'have an offset that no band has',
      (text: string) => text.replace('>-1000<', '>x<').replaceAll('>-1000<', '>1.5<'),
      /BOA_ADD_OFFSET/,
    ],
  ])('the metadata %s', async (_, change, message) => {
    const files = productFiles({ ...FACTS, offset: -1000 })
    files.set('MTD_MSIL2A.xml', change(files.get('MTD_MSIL2A.xml') ?? ''))
    writeProduct(world.path, FACTS, files)
    const [line] = await read()
    expect(line).toMatch(/^archive-invalid/)
    expect(line).toMatch(message)
  })

  it('it is in no UTM zone', async () => {
    writeProduct(world.path, { ...FACTS, epsg: 3857 })
    expect((await read())[0]).toMatch(/archive-invalid .*HORIZONTAL_CS_CODE/)
  })

  it('it is L1C: only a line in the log', async () => {
    world.write('S2A_MSIL1C_20200604T102031_N0209_R065_T32TNT_20200604T141145.SAFE/MTD_MSIL1C.xml', '<a></a>')
    expect(await read()).toEqual([])
    expect(world.lines.join()).toMatch(/Left aside as no Sentinel-2 L2A: 1 product .*MSIL1C/)
  })
})

describe('a zip archive', () => {
  it.each([true, false])('with a product is a scene (deflated: %s)', async (deflated) => {
    const zip = writeZip(join(world.path, 'product.zip'), entriesOf(undefined, deflated))
    const { scenes } = await world.read()
    expect(world.skipped).toEqual([])
    expect(scenes).toHaveLength(1)
    expect(scenes[0].bands.B02).toBe(`${zip}!/${FACTS.product}.SAFE/${band('B02')}`)
  })

  it('of something else is left aside, damaged or not', async () => {
    writeZip(join(world.path, 'photos.zip'), [{ name: 'a.jpg', content: 'a' }])
    world.write('cut.zip', 'PK')
    expect((await world.read()).scenes).toEqual([])
    expect(world.skipped).toEqual([])
    expect(world.lines.join()).toMatch(/1 product or archive|cut\.zip/)
  })

  it('of an L1C product is left aside', async () => {
    writeZip(join(world.path, 'a.zip'), [{ name: 'S2A_MSIL1C_x.SAFE/MTD_MSIL1C.xml', content: '' }])
    await world.read()
    expect(world.skipped).toEqual([])
    expect(world.lines.join()).toMatch(/MSIL1C/)
  })

  const scl = `${FACTS.product}.SAFE/${band('SCL')}`
  const metadata = `${FACTS.product}.SAFE/MTD_MSIL2A.xml`
  it.each<[string, (entries: TestEntry[]) => TestEntry[], string, RegExp]>([
    ['without SCL', (all) => all.filter(({ name }) => name !== scl), 'scene-incomplete', /SCL/],
    [
      'with a name that leads out of it',
      (all) => [...all, { name: '../../etc/a', content: '' }],
      'archive-invalid',
      /\.\./,
    ],
    [
      'with an absolute name',
      (all) => [...all, { name: '/etc/a', content: '' }],
      'archive-invalid',
      /absolute/,
    ],
    [
      'with backslashes',
      (all) => [...all, { name: '..\\a', content: '' }],
      'archive-invalid',
      /invalid char/,
    ],
    [
      'with a link',
      (all) => [...all, { name: 'a', content: '/etc/passwd', link: true }],
      'archive-invalid',
      /link/,
    ],
    ['with a name twice', (all) => [...all, ...all], 'archive-invalid', /twice/],
    [
      'that is encrypted',
      (all) => all.map((entry) => ({ ...entry, encrypted: true })),
      'archive-invalid',
      /encrypted/,
    ],
    [
      'whose metadata would fill the memory',
      (all) =>
        all.map((e) => (e.name === metadata ? { ...e, content: Buffer.alloc(2 ** 23), deflated: true } : e)),
      'archive-invalid',
      /would grow/,
    ],
    [
      'whose metadata are larger than they say',
      (all) => all.map((e) => (e.name === metadata ? { ...e, deflated: true, claimedSize: 10 } : e)),
      'archive-invalid',
      /too many bytes/,
    ],
  ])('%s is named', async (_, change, tag, message) => {
    const zip = writeZip(join(world.path, `${FACTS.product}.zip`), change(entriesOf()))
    expect((await world.read()).scenes).toEqual([])
    expect(world.skipped).toHaveLength(1)
    expect(world.skipped[0]).toMatchObject({ tag })
    expect(world.skipped[0].file).toContain(zip)
    expect(world.skipped[0].message).toMatch(message)
  })

  it('that is cut off is named, with what to do', async () => {
    const path = writeZip(join(world.path, `${FACTS.product}.zip`), entriesOf())
    writeFileSync(path, readFileSync(path).subarray(0, -40))
    await world.read()
    expect(world.skipped[0]).toMatchObject({
      tag: 'archive-invalid',
      file: path,
      hint: 'It may be cut off; download it again.',
    })
  })
})

const real = realFile('safe/S2B_MSIL2A_20220413T150759_N0400_R025_T33XWJ_20220414T082126.SAFE')

describe.skipIf(real === null)('the metadata of a real product', () => {
  it('make a scene as ESA meant it', async () => {
    const product = 'S2B_MSIL2A_20220413T150759_N0400_R025_T33XWJ_20220414T082126'
    const path = join(world.path, `${product}.SAFE`)
    cpSync(real ?? '', path, { recursive: true })
    const images = join(path, 'GRANULE/L2A_T33XWJ_A026649_20220413T150756/IMG_DATA')
    for (const { name, resolution } of BANDS) {
      mkdirSync(join(images, `R${resolution}m`), { recursive: true })
      writeFileSync(join(images, `R${resolution}m/T33XWJ_20220413T150759_${name}_${resolution}m.jp2`), '')
    }
    const { scenes } = await world.read()
    expect(world.skipped).toEqual([])
    expect(scenes[0]).toMatchObject({
      id: product,
      datetime: Date.UTC(2022, 3, 13, 15, 8, 7, 846),
      cloudCover: 98.944211,
      baseline: 4,
      epsg: 32633,
      grid: { x0: 499980, y0: 8900040, width: 10980, height: 10980 },
      addOffsets: [0, ...BANDS.slice(1).map(() => -1000)],
    })
  })
})
