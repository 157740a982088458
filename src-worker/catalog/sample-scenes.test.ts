import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as h5wasm from 'h5wasm/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { referenceRejections, referenceSamples } from '../../e2e/reference'
import { optionalTool, PYTHON, SAMPLE_DIR } from '../../e2e/tools'
import { SPLITS } from '../../src-shared/footprint/footprint'
import { quietContext } from '../process/context'
import { windowOrigin } from '../sample/window'
import type { Catalog } from './catalog'
import { readFolderCatalog } from './folder'
import { SceneIndex, type Acquisition } from './scene-index'
import { TileIndex } from './tiles'

const LIMITS = { maxDays: 10, maxCloudCover: 25, candidates: 1 }

/** In these worlds every item gives its grid. */
const noGrid = (href: string): Promise<never> => Promise.reject(new Error(`asked for the grid of ${href}`))

async function catalogOf(folder: string): Promise<Catalog> {
  const skipped: string[] = []
  const ctx = { ...quietContext(), skipped: (error: Error) => void skipped.push(error.message) }
  const catalog = await readFolderCatalog(folder, { readGrid: noGrid }, ctx)
  expect(skipped).toEqual([])
  return catalog
}

/** Positions and times of all shots of a folder of granules, by shot number. */
async function shotsOf(folder: string): Promise<Map<bigint, Acquisition>> {
  await h5wasm.ready
  const shots = new Map<bigint, Acquisition>()
  for (const name of readdirSync(folder)) {
    const stamp = /^GEDI04_A_(\d{4})(\d{3})(\d\d)(\d\d)(\d\d)_/.exec(name)?.slice(1).map(Number)
    if (stamp === undefined) throw new Error(`${name} has no time`)
    const acquisitionTime = Date.UTC(stamp[0], 0, stamp[1], stamp[2], stamp[3], stamp[4])
    const file = new h5wasm.File(join(folder, name), 'r')
    for (const beam of file.keys().filter((key) => key.startsWith('BEAM'))) {
      const column = (field: string): ArrayLike<unknown> => {
        const dataset = file.get(`${beam}/${field}`)
        if (!(dataset instanceof h5wasm.Dataset)) throw new Error(`${beam} lacks ${field}`)
        return dataset.value as ArrayLike<unknown>
      }
      const [number, lon, lat] = [column('shot_number'), column('lon_lowestmode'), column('lat_lowestmode')]
      for (let i = 0; i < number.length; i++) {
        shots.set(number[i] as bigint, { lon: Number(lon[i]), lat: Number(lat[i]), acquisitionTime })
      }
    }
    file.close()
  }
  return shots
}

describe('scenes and tiles of the sample world', () => {
  let catalog: Catalog
  let index: SceneIndex
  let shots: Map<bigint, Acquisition>

  beforeAll(async () => {
    catalog = await catalogOf(SAMPLE_DIR)
    index = new SceneIndex(catalog.scenes)
    shots = await shotsOf(join(SAMPLE_DIR, 'gedi'))
  })

  it('is read whole from its item collection', () => {
    expect([catalog.scenes.length, catalog.dem.length, catalog.landcover.length]).toEqual([8, 4, 8])
    expect(
      catalog.scenes.filter(({ addOffsets }) => addOffsets[1] === -1000).map(({ baseline }) => baseline),
    ).toEqual([5])
  })

  it.each(SPLITS)('gives every %s sample the product, window and tiles of the reference', async (split) => {
    const [dem, landcover] = [new TileIndex(catalog.dem), new TileIndex(catalog.landcover)]
    const samples = await referenceSamples(split)
    expect(samples.size).toBeGreaterThan(40)
    for (const [shot, sample] of samples) {
      const footprint = shots.get(shot)
      expect(footprint).toBeDefined()
      if (footprint === undefined) continue
      const [best] = index.candidates(footprint, LIMITS)
      expect(best.scene.product).toBe(sample.product)
      expect(`EPSG:${best.scene.epsg}`).toBe(sample.crs)
      expect(windowOrigin(best.scene.grid, best.window)).toEqual([sample.transform[2], sample.transform[5]])
      const { lon, lat, acquisitionTime } = footprint
      expect(dem.at(lon, lat)?.name).toBe(sample.demTile)
      expect(landcover.at(lon, lat, new Date(acquisitionTime).getUTCFullYear())?.name).toBe(
        sample.landcoverTile,
      )
    }
  })

  it.each(SPLITS)(
    'finds no scene for exactly those %s footprints for which the reference finds none',
    (split) => {
      const rejections = referenceRejections(split)
      expect([...rejections.values()]).toContain('no-scene')
      for (const [shot, reason] of rejections) {
        const footprint = shots.get(shot)
        expect(footprint).toBeDefined()
        if (footprint === undefined) continue
        expect(index.candidates(footprint, LIMITS).length === 0, `${shot} ${reason}`).toBe(
          reason === 'no-scene',
        )
      }
    },
  )
})

const worldScript = resolve(import.meta.dirname, '../../../shared/world.py')
const canMakeWorlds = existsSync(worldScript) && optionalTool('h5py') && optionalTool('rasterio')

describe.skipIf(!canMakeWorlds)('one world as two catalogs describe it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'catalog-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const make = (flavour: string): string => {
    const out = join(folder, flavour)
    const size = ['--size', '120', '--shots', '30', '--seed', '5', '--center', '11.99', '-3.01']
    execFileSync(PYTHON, [worldScript, out, ...size, '--flavour', flavour, '--zones', '32732', '32733'])
    return out
  }

  it('Earth Search gives the scenes and choices of Planetary Computer', async () => {
    const [pc, es] = [make('pc'), make('earthsearch')]
    const [a, b] = [await catalogOf(pc), await catalogOf(es)]
    const byProduct = ({ scenes }: Catalog, root: string): unknown[] =>
      scenes
        .map((scene) => ({
          ...scene,
          id: '',
          bands: Object.values(scene.bands).map((path) => path.slice(root.length)),
        }))
        .sort((x, y) => (x.product < y.product ? -1 : 1))
    expect(a.scenes).toHaveLength(8)
    expect(byProduct(b, es)).toEqual(byProduct(a, pc))
    expect(b.scenes.map(({ id }) => id)).toContain('S2A_31UDQ_20200609_1_L2A')
    const [first, second] = [new SceneIndex(a.scenes), new SceneIndex(b.scenes)]
    const products = [...(await shotsOf(join(pc, 'gedi'))).values()].map((shot) =>
      [first, second].map((index) => index.candidates(shot, LIMITS).at(0)?.scene.product),
    )
    for (const [one, other] of products) expect(other).toBe(one)
    expect(new Set(products.map(([one]) => one)).size).toBeGreaterThan(2)
  })
})
