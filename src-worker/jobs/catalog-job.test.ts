import { readFileSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { SAMPLE_DIR } from '../../e2e/tools'
import type { Scene, Tile } from '../../src-shared/catalog/scene'
import { StudioError } from '../../src-shared/errors/studio-error'
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings'
import { SPLITS } from '../../src-shared/footprint/footprint'
import type { ItemJson } from '../catalog/item-fixtures'
import { combine, ingestAll, newFolder } from '../footprints/combine-fixture'
import { withDatabase } from '../footprints/database'
import {
  startImageryServer,
  type ImageryServer,
  type ImageryServerOptions,
} from '../http/testing/imagery-server'
import { readScenes, readTiles } from '../plan/catalog-store'
import { readOpenPlaces } from '../stac/open-places'
import { quietContext, type JobContext } from '../process/context'
import { runCatalog } from './catalog-job'
import { JOBS, type JobInput } from './schemas'

const ITEMS = join(SAMPLE_DIR, 'stac', 'items.json')
/** Footprints of both subsets of the sample. */
const FOOTPRINTS = 847

let subsets: string[] = []
let server: ImageryServer | null = null

beforeAll(async () => {
  const folder = await newFolder()
  const { tables } = await combine(await ingestAll([join(SAMPLE_DIR, 'gedi')]))
  subsets = SPLITS.map((split) => join(folder, `${split}.csv`))
  for (const [i, split] of SPLITS.entries()) await writeFile(subsets[i], tables[split])
})

afterEach(async () => {
  await server?.close()
  server = null
  vi.unstubAllEnvs()
})

async function serve(
  stac: Partial<ImageryServerOptions['stac']> = {},
  more: Partial<ImageryServerOptions> = {},
): Promise<ImageryServer> {
  server = await startImageryServer({ folder: SAMPLE_DIR, stac: { itemsFile: ITEMS, ...stac }, ...more })
  return server
}

/** A table with its footprints spread over one degree around where they lay. */
function overOneDegree(table: string): string {
  const [header, ...rows] = table.trimEnd().split('\n')
  const columns = header.split(';')
  const places = [columns.indexOf('lon_lowestmode'), columns.indexOf('lat_lowestmode')]
  const values = rows.map((row) => row.split(';'))
  for (const place of places) {
    const all = values.map((row) => Number(row[place]))
    const [least, most] = [Math.min(...all), Math.max(...all)]
    expect(most - least).toBeGreaterThan(0.01)
    for (const row of values) {
      row[place] = String((least + most) / 2 - 0.5 + (Number(row[place]) - least) / (most - least))
    }
  }
  return [header, ...values.map((row) => row.join(';'))].join('\n')
}

type Input = JobInput<'catalog'>

async function inputFor(
  sources: Partial<Pick<Input, 'source' | 'demSource' | 'landcoverSource'>>,
  settings: Partial<Settings> = {},
): Promise<Input> {
  const folder = await newFolder()
  return {
    source: SAMPLE_DIR,
    demSource: null,
    landcoverSource: null,
    ...sources,
    subsets,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    network: { connections: 8, cacheFolder: join(folder, 'cache'), cacheBytes: 0 },
    searches: join(folder, 'catalog', 'searches'),
    files: {
      scenes: join(folder, 'catalog', 'scenes.parquet'),
      tiles: join(folder, 'catalog', 'tiles.json'),
    },
    open: join(folder, 'catalog', 'open.json'),
    extend: false,
    memoryMb: 256,
    tempDirectory: folder,
  }
}

interface Result {
  scenes: Scene[]
  dem: Tile[]
  landcover: Tile[]
  skipped: StudioError[]
  lines: string[]
  progress: string
}

async function catalogOf(input: Input, context: Partial<JobContext> = {}): Promise<Result> {
  const [skipped, lines]: [StudioError[], string[]] = [[], []]
  let progress = ''
  const ctx: JobContext = {
    ...quietContext(),
    skipped: (error) => void skipped.push(error),
    log: (_, line) => void lines.push(line),
    progress: (done, total) => (progress = `${done}/${total}`),
    ...context,
  }
  JOBS.catalog.output.parse(await runCatalog(JOBS.catalog.input.parse(input), ctx))
  const scenes = await withDatabase(input, (database) => readScenes(database, input.files.scenes))
  return { scenes: [...scenes.values()], ...(await readTiles(input.files.tiles)), skipped, lines, progress }
}

/** What does not depend on where things are read from. */
const withoutPlaces = ({ scenes, dem, landcover }: Result): unknown => {
  const tile = ({ name, bounds, year }: Tile): unknown => ({ name, bounds, year })
  return {
    scenes: scenes.map((scene) => ({ ...scene, bands: null, collection: null })),
    dem: dem.map(tile),
    landcover: landcover.map(tile),
  }
}

async function thrownBy(work: Promise<unknown>): Promise<StudioError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof StudioError) return error
  throw new Error(`threw ${String(error)}`)
}

describe('the catalog of a server', () => {
  /** Scenes that are clear enough, without the one that lies 17 days from any footprint: a folder has them all. */
  const useful = (result: Result): Result => ({
    ...result,
    scenes: result.scenes.filter(
      ({ id, cloudCover }) => cloudCover < DEFAULT_SETTINGS.maxCloudCover && !id.includes('20210720'),
    ),
  })

  it.each([
    ['the query extension', {}],
    ['CQL2', { dialect: 'filter' as const }],
    ['no filter', { dialect: 'plain' as const }],
    ['GET alone', { dialect: 'get' as const }],
    ['small pages to merge', { pageSize: 1, merge: true }],
    ['a last link that leads to nothing', { emptyLastPage: true }],
  ])('is that of the folder, with few searches: %s', async (_, stac) => {
    const { url, counters } = await serve(stac)
    const remote = await catalogOf(await inputFor({ source: `${url}/stac` }))
    expect(withoutPlaces(useful(remote))).toEqual(withoutPlaces(useful(await catalogOf(await inputFor({})))))
    expect(remote.skipped).toEqual([])
    for (const { bands, collection } of remote.scenes) {
      expect(collection).toBe('sentinel-2-l2a')
      for (const href of Object.values(bands)) expect(href.startsWith(`${url}/files/`)).toBe(true)
    }
    for (const { href, collection, assumed } of [...remote.dem, ...remote.landcover]) {
      expect(href.startsWith(`${url}/files/`)).toBe(true)
      expect(['cop-dem-glo-30', 'esa-worldcover']).toContain(collection)
      expect(assumed).toBeUndefined()
    }
    if (!('pageSize' in stac) && !('emptyLastPage' in stac)) {
      expect(counters.search).toBeLessThanOrEqual(FOOTPRINTS / 50)
      expect(counters.search).toBe(6)
      expect(remote.progress).toBe(`${counters.search}/${counters.search}`)
      expect(remote.lines.join()).toContain(`${counters.search} searches for ${FOOTPRINTS} footprints.`)
    }
  })

  it('of footprints that lie over one degree takes at most a search for 50 of them', async () => {
    const folder = await newFolder()
    const tables = await Promise.all(
      subsets.map(async (path, i) => {
        const table = join(folder, `${SPLITS[i]}.csv`)
        await writeFile(table, overOneDegree(readFileSync(path, 'utf8')))
        return table
      }),
    )
    const { url, counters } = await serve()
    const input = await inputFor({ source: `${url}/stac` })
    const found = await catalogOf({ ...input, subsets: tables })
    expect(found.lines.join()).toContain(`${counters.search} searches for ${FOOTPRINTS} footprints.`)
    expect(counters.search).toBeGreaterThan(0)
    expect(counters.search).toBeLessThanOrEqual(FOOTPRINTS / 50)
  })

  it('has scenes whose tile holds footprints although their data lie elsewhere in it, and nothing of other tiles', async () => {
    const items = JSON.parse(readFileSync(ITEMS, 'utf8')) as { features: ItemJson[] }
    const [scene, other] = items.features
    // A tile of 110 km to the south and east of the sample, whose data are 60 km away from it.
    scene.bbox = [9.6, 47.2, 9.9, 47.4]
    scene.assets.B02 = { ...scene.assets.B02, 'proj:shape': [10_980, 10_980] }
    const far: ItemJson = { ...structuredClone(other), id: 'of another tile', bbox: [10.6, 47.5, 11.2, 48.1] }
    far.assets.B02.href = 'ftp://host/B02.tif'
    const itemsFile = join(await newFolder(), 'items.json')
    const href = (path: string): string => resolve(SAMPLE_DIR, 'stac', path)
    for (const { assets } of items.features) {
      for (const asset of Object.values(assets)) asset.href = href(String(asset.href))
    }
    await writeFile(itemsFile, JSON.stringify({ features: [...items.features, far] }))
    const { url } = await serve({ itemsFile })
    const remote = await catalogOf(await inputFor({ source: `${url}/stac` }))
    expect(remote.skipped).toEqual([])
    expect(remote.scenes.find(({ id }) => id === scene.id)?.grid.width).toBe(10_980)
    const ids = ({ scenes }: Result): string[] => scenes.map(({ id }) => id)
    expect(ids(useful(remote))).toEqual(ids(useful(await catalogOf(await inputFor({})))))
  })

  it('of Planetary Computer is signed by it, of Earth Search completed by public buckets', async () => {
    const { url } = await serve()
    vi.stubEnv('GEDI_DATASET_PLANETARY_COMPUTER_URL', `${url}/stac`)
    vi.stubEnv('GEDI_DATASET_EARTH_SEARCH_URL', `${url}/stac`)
    vi.stubEnv('GEDI_DATASET_WORLDCOVER_URL', `${url}/files/worldcover`)
    const pc = await catalogOf(await inputFor({ source: 'planetary-computer' }))
    const es = await catalogOf(await inputFor({ source: 'earth-search' }))
    expect(pc.scenes).toEqual(es.scenes)
    expect(pc.dem).toEqual(es.dem)
    expect(es.landcover.map(({ href, assumed }) => [href, assumed])).toEqual(
      es.landcover.map(({ name, year }) => [
        `${url}/files/worldcover/${year === 2020 ? 'v100/2020' : 'v200/2021'}/map/${name}.tif`,
        true,
      ]),
    )
    expect(es.landcover.map(({ name }) => name)).toEqual(pc.landcover.map(({ name }) => name))
    const mixed = await catalogOf(
      await inputFor({
        source: 'planetary-computer',
        demSource: 'earth-search',
        landcoverSource: SAMPLE_DIR,
      }),
    )
    expect([mixed.scenes[0].collection, mixed.dem[0].collection]).toEqual(['sentinel-2-l2a', undefined])
    expect(mixed.landcover[0].href.startsWith(SAMPLE_DIR)).toBe(true)
  })

  it('takes terrain from public buckets without asking anybody', async () => {
    const { url, seen } = await serve()
    vi.stubEnv('GEDI_DATASET_COPDEM_URL', `${url}/files/copdem/`)
    const { dem } = await catalogOf(await inputFor({ demSource: 'aws' }))
    expect(dem.map(({ href, assumed }) => [href, assumed])).toEqual(
      dem.map(({ name }) => [`${url}/files/copdem/${name}/${name}.tif`, true]),
    )
    expect(dem).toHaveLength(4)
    expect(seen).toEqual([])
  })

  it('is not asked for twice', async () => {
    const { url, seen } = await serve()
    const input = await inputFor({ source: `${url}/stac` })
    const first = await catalogOf(input)
    const asked = seen.length
    const again = await catalogOf(input)
    expect(seen).toHaveLength(asked)
    expect({ ...again, lines: [] }).toEqual({ ...first, lines: [] })
    expect(again.lines.join()).toContain('answered before')
  })

  it('that was interrupted is asked for what is missing only', async () => {
    let broken = false
    let searches = 0
    const { url, seen } = await serve(
      {},
      {
        special: ({ url: { pathname } }) => {
          if (pathname !== '/stac/search') return null
          broken = searches++ >= 3
          return broken ? { kind: 'other', status: 401 } : null
        },
      },
    )
    const input = await inputFor({ source: `${url}/stac` })
    const error = await thrownBy(catalogOf(input))
    expect(error).toMatchObject({ tag: 'source-denied' })
    const kept = (await readdir(input.searches)).length
    // The list of collections is one of them.
    expect(kept).toBe(4)
    searches = -1000
    const before = seen.length
    const whole = await catalogOf(input)
    const total = Number(whole.progress.split('/')[1])
    expect(seen.length - before).toBe(total - 3 + 1)
    const fresh = await catalogOf({ ...(await inputFor({ source: `${url}/stac` })) })
    expect(withoutPlaces(whole)).toEqual(withoutPlaces(fresh))
  })

  /** Searches for scenes of 2021 get an answer only when this is null. */
  const denied = (state: { isUp: boolean }): Partial<ImageryServerOptions> => ({
    special: ({ body }) =>
      !state.isUp && body.toString().includes('"datetime":"2021') ? { kind: 'other', status: 401 } : null,
  })

  it('leaves open what a failed search would serve, and is added to without new numbers for what is there', async () => {
    const state = { isUp: false }
    const { url, counters } = await serve({}, denied(state))
    const input = await inputFor({ source: `${url}/stac` })
    const first = await catalogOf(input)
    expect(first.scenes.map(({ datetime }) => new Date(datetime).getUTCFullYear())).not.toContain(2021)
    const places = await readOpenPlaces(input.open)
    expect(places.errors).toMatchObject([
      {
        tag: 'source-denied',
        context: { status: 401, collection: 'sentinel-2-l2a', host: new URL(url).host },
      },
    ])
    expect(places.errorOf(9, 48, Date.UTC(2020, 5, 7))).toBeNull()
    const [asked, day] = [counters.search, Date.UTC(2021, 5, 30)]
    const open = Array.from({ length: 40 }, (_, i) => places.errorOf(9.001, 48.001, day + i * 86_400_000))
    expect(open).toContain(0)
    state.isUp = true
    const second = await catalogOf({ ...input, extend: true })
    expect(counters.search - asked).toBe(places.errors.length)
    expect(second.scenes.slice(0, first.scenes.length)).toEqual(first.scenes)
    const fresh = await catalogOf(await inputFor({ source: `${url}/stac` }))
    const byId = ({ scenes }: Result): Scene[] => scenes.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect(byId(second)).toEqual(byId(fresh))
    expect((await readOpenPlaces(input.open)).errors).toEqual([])
  })

  it('forgets answers that nobody asks for any more', async () => {
    const { url } = await serve()
    const input = await inputFor({ source: `${url}/stac` })
    await catalogOf(input)
    const before = await readdir(input.searches)
    await catalogOf({ ...input, settings: { ...input.settings, maxDays: 3 } })
    const after = await readdir(input.searches)
    expect(after.filter((name) => before.includes(name)).length).toBeLessThan(before.length)
    expect(after.length).toBeLessThanOrEqual(before.length)
    await rm(input.searches, { recursive: true })
  })

  it('leaves out items that cannot be used, saying where they come from', async () => {
    const { url } = await serve({
      rewriteHref: (href) =>
        href.includes('20200604') ? 'ftp://host/a.tif' : `https://host${href.slice(SAMPLE_DIR.length)}`,
    })
    const found = await catalogOf(await inputFor({ source: `${url}/stac` }))
    expect(found.skipped).toHaveLength(1)
    expect(found.skipped[0]).toMatchObject({
      tag: 'catalog-invalid',
      file: `${url}/stac/search`,
      context: {
        host: new URL(url).host,
        collection: 'sentinel-2-l2a',
        item: 'S2A_MSIL2A_20200604T102031_R100_T32TNT_20200606T102031',
      },
    })
    expect(found.scenes.length).toBeGreaterThan(3)
  })

  it('leaves out items without the files that they want, or with files of this machine, and uses the others', async () => {
    const items = JSON.parse(readFileSync(ITEMS, 'utf8')) as { features: ItemJson[] }
    const [local, bare] = items.features
    for (const { assets } of items.features) {
      for (const asset of Object.values(assets)) asset.href = resolve(SAMPLE_DIR, 'stac', String(asset.href))
    }
    for (const asset of Object.values(local.assets)) asset.href = `file://${String(asset.href)}`
    bare.assets = {}
    const itemsFile = join(await newFolder(), 'items.json')
    await writeFile(itemsFile, JSON.stringify(items))
    const { url } = await serve({
      itemsFile,
      // As a server might that names the files of its own disk.
      rewriteHref: (href) => href,
    })
    const found = await catalogOf(await inputFor({ source: `${url}/stac` }))
    const context = { host: new URL(url).host, collection: 'sentinel-2-l2a' }
    expect(found.skipped.map(({ tag, context: facts }) => ({ tag, facts }))).toEqual([
      { tag: 'catalog-invalid', facts: expect.objectContaining({ ...context, item: local.id }) as unknown },
      { tag: 'scene-incomplete', facts: expect.objectContaining({ ...context, item: bare.id }) as unknown },
    ])
    for (const { hint } of found.skipped) expect(hint).not.toBe('')
    // Absolute paths are those of the server.
    expect(found.scenes.length).toBeGreaterThan(2)
    for (const { bands } of found.scenes) {
      for (const href of Object.values(bands)) expect(href.startsWith(`${url}${SAMPLE_DIR}/`)).toBe(true)
    }
  })

  it.each([
    ['another page', { status: 200, body: Buffer.from('<html>hello</html>') }, 'source-answer'],
    ['401', { status: 401 }, 'source-denied'],
    ['404', { status: 404 }, 'source-answer'],
  ])('is none where a server answers with %s', async (_, answer, tag) => {
    const { url } = await serve({}, { special: () => ({ kind: 'other', ...answer }) })
    const error = await thrownBy(catalogOf(await inputFor({ source: `${url}/stac` })))
    expect(error.tag).toBe(tag)
    expect(error.context.host).toBe(new URL(url).host)
    expect(error.hint).not.toBe('')
  })

  it('is refused for addresses off the web, and for scenes of a provider that has none', async () => {
    for (const source of ['s3://bucket/stac', 'ftp://host', 'aws']) {
      expect((await thrownBy(catalogOf(await inputFor({ source })))).tag).toBe('usage')
    }
  })
})
