import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { realFile } from '../../e2e/tools'
import type { Scene } from '../../src-shared/catalog/scene'
import type { StudioError } from '../../src-shared/errors/studio-error'
import type { Catalog } from '../catalog/catalog'
import { CatalogCollector } from '../catalog/collector'
import { FileLookup } from '../catalog/file-lookup'
import { quietContext } from '../process/context'
import { firstPage, nextPage, searchWays } from './search-request'
import { slimItem } from './slim-item'
import { pageSchema } from './stac-answers'

const REAL = realFile('stac')

function read(name: string): unknown {
  return JSON.parse(readFileSync(`${REAL ?? ''}/${name}`, 'utf8'))
}

interface Recorded {
  method: string
  uri: string
  body: string
}

const requestOf = (name: string): { url: string; body: unknown } => {
  const { uri, body } = read(`${name}.request.json`) as Recorded
  return { url: uri, body: JSON.parse(body) as unknown }
}

const ES = 'https://earth-search.aws.element84.com/v1/search'
const PC = 'https://planetarycomputer.microsoft.com/api/stac/v1/search'

/** The catalog of an answer, as it is after the way through the project's files. */
async function catalogOf(name: string, url: string): Promise<{ catalog: Catalog; skipped: StudioError[] }> {
  const skipped: StudioError[] = []
  const ctx = { ...quietContext(), skipped: (error: StudioError) => void skipped.push(error) }
  const noGrid = (): Promise<never> => Promise.reject(new Error('every item gives its grid'))
  const collector = new CatalogCollector(new FileLookup(), noGrid, ctx)
  const answer = read(name)
  const items = Array.isArray(answer) ? (answer as unknown[]) : pageSchema.parse(answer).features
  for (const item of items) {
    const kept: unknown = JSON.parse(JSON.stringify(slimItem(item)))
    await collector.add(kept, url)
  }
  return { catalog: collector.finish([]), skipped }
}

const brief = ({
  id,
  product,
  baseline,
  addOffsets,
  epsg,
  grid,
  collection,
  cloudCover,
}: Scene): unknown => ({
  id,
  product,
  baseline,
  offset: addOffsets[1],
  epsg,
  corner: [grid.x0, grid.y0, grid.width, grid.height],
  collection,
  cloudCover,
})

describe.skipIf(REAL === null)('recorded answers (needs ../shared/real)', () => {
  it('of Planetary Computer become scenes', async () => {
    const { catalog, skipped } = await catalogOf('pc_search_sentinel-2-l2a_20190101.json', PC)
    expect(skipped).toEqual([])
    expect(catalog.scenes).toHaveLength(33)
    const scene = catalog.scenes.find(({ id }) => id.includes('T60VUK'))
    expect(scene === undefined ? null : brief(scene)).toEqual({
      id: 'S2A_MSIL2A_20190101T000001_R116_T60VUK_20201007T214652',
      product: 'S2A_MSIL2A_20190101T000001_N0212_R116_T60VUK_20201007T214652',
      baseline: 2.12,
      offset: 0,
      epsg: 32660,
      corner: [300_000, 6_500_040, 10_980, 10_980],
      collection: 'sentinel-2-l2a',
      cloudCover: 56.297088,
    })
    expect(scene?.datetime).toBe(Date.parse('2019-01-01T00:00:01.024Z'))
    expect(scene?.addOffsets).toEqual(Array(12).fill(0))
    expect(scene?.bands.B8A).toMatch(/^https:\/\/sentinel2l2a01\.blob\..*\/R20m\/.*_B8A_20m\.tif$/)
    expect(scene?.bands.B09).toMatch(/_B09_60m\.tif$/)
    expect(scene?.bands.SCL).toMatch(/_SCL_20m\.tif$/)
  })

  it('of Planetary Computer after baseline 04.00 have the offset taken out', async () => {
    const { catalog } = await catalogOf('pc_items_sentinel-2-l2a.json', PC)
    expect(
      catalog.scenes.map(({ baseline, addOffsets }) => [baseline, addOffsets[0], addOffsets[1]]),
    ).toEqual(Array(4).fill([5.1, 0, -1000]))
  })

  it.each([
    ['es1_search_filter_cloud_p1.json', ['sentinel-2-c1-l2a', 'sentinel-2-l2a']],
    ['es1_search_filter_cloud_p2.json', ['sentinel-2-l2a']],
  ])('of Earth Search become scenes: %s', async (name, collections) => {
    const { catalog, skipped } = await catalogOf(name, ES)
    expect(skipped).toEqual([])
    expect([...new Set(catalog.scenes.map(({ collection }) => collection))].sort()).toEqual(collections)
    for (const { collection, baseline, addOffsets, bands } of catalog.scenes) {
      expect(baseline).toBe(5.11)
      // One has taken the offset out and says so; the other has not.
      expect(addOffsets[1]).toBe(collection === 'sentinel-2-l2a' ? 0 : -1000)
      for (const href of Object.values(bands)) expect(href).toMatch(/^https:\/\/.*\.tif$/)
    }
  })

  it('of Earth Search keep one scene of every tile and pass', async () => {
    const { catalog } = await catalogOf('es1_search_filter_cloud_p1.json', ES)
    expect(new Set(catalog.scenes.map(({ product }) => product)).size).toBe(catalog.scenes.length)
    expect(catalog.scenes.map(brief)).toContainEqual({
      id: 'S2B_20EPT_20250731_0_L2A',
      product: 'S2B_MSIL2A_20250731T131909_N0511_R095_T20EPT_20250731T143919',
      baseline: 5.11,
      offset: 0,
      epsg: 32720,
      corner: [600_000, 3_300_040, 10_980, 10_980],
      collection: 'sentinel-2-l2a',
      cloudCover: 26.02542,
    })
  })

  it('become tiles at https addresses', async () => {
    const es = await catalogOf('es1_search_cop-dem_10.json', ES)
    expect(es.catalog.dem).toHaveLength(10)
    expect(es.catalog.dem[0]).toEqual({
      name: 'Copernicus_DSM_COG_10_S90_00_W171_00_DEM',
      href: 'https://copernicus-dem-30m.s3.eu-central-1.amazonaws.com/Copernicus_DSM_COG_10_S90_00_W171_00_DEM/Copernicus_DSM_COG_10_S90_00_W171_00_DEM.tif',
      bounds: [-171, -90, -170, -89],
      year: null,
      collection: 'cop-dem-glo-30',
    })
    const pc = await catalogOf('pc_items_cop-dem-glo-30.json', PC)
    expect(pc.catalog.dem.map(({ href }) => new URL(href).host)).toEqual(
      Array(4).fill('elevationeuwest.blob.core.windows.net'),
    )
    expect([...es.skipped, ...pc.skipped]).toEqual([])
  })

  it('of requests are what the program asks', () => {
    const links = ['POST', 'GET'].map((method) => ({ rel: 'search', href: PC, method }))
    const ways = searchWays({ conformsTo: [], links }, 'https://planetarycomputer.microsoft.com/api/stac/v1')
    if (ways === null) throw new Error('no search')
    const time = [Date.UTC(2019, 0, 1, 0, 0, 1), Date.UTC(2019, 0, 1, 0, 0, 10)] as const
    const query = { collections: ['sentinel-2-l2a'], bbox: null, time, maxCloudCover: null }
    const { url, body } = firstPage(query, ways, 250)
    const recorded = requestOf('pc_search_sentinel-2-l2a_20190101')
    expect({ url, body: { ...body, limit: undefined } }).toEqual(recorded)
  })

  it('lead to the next request that was recorded', () => {
    const page = pageSchema.parse(read('es1_search_filter_cloud_p1.json'))
    const next = page.links.find(({ rel }) => rel === 'next')
    if (next === undefined) throw new Error('no next page')
    const first = requestOf('es1_search_filter_cloud_p1')
    expect(nextPage(next, { url: first.url, body: first.body as Record<string, unknown> }, ES)).toEqual(
      requestOf('es1_search_filter_cloud_p2'),
    )
  })
})
