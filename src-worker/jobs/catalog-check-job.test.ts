import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SAMPLE_DIR } from '../../e2e/tools'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import {
  startImageryServer,
  type ImageryServer,
  type ImageryServerOptions,
} from '../http/testing/imagery-server'
import { quietContext } from '../process/context'
import { runCatalogCheck } from './catalog-check-job'
import { JOBS } from './schemas'

const ITEMS = join(SAMPLE_DIR, 'stac', 'items.json')

let server: ImageryServer | null = null

afterEach(async () => {
  await server?.close()
  server = null
  vi.unstubAllEnvs()
})

async function serve(more: Partial<ImageryServerOptions> = {}): Promise<ImageryServer> {
  server = await startImageryServer({ folder: SAMPLE_DIR, stac: { itemsFile: ITEMS }, ...more })
  return server
}

describe('the check of servers', () => {
  const check = async (source: string, demSource: string | null = null): ReturnType<typeof runCatalogCheck> =>
    JOBS['catalog-check'].output.parse(
      await runCatalogCheck(
        {
          source,
          demSource,
          landcoverSource: null,
          settings: DEFAULT_SETTINGS,
          tempDirectory: join(SAMPLE_DIR, 'not-made'),
        },
        quietContext(),
      ),
    )

  it('says that they answer, what they have, and that files can be read', async () => {
    const { url } = await serve()
    vi.stubEnv('GEDI_DATASET_COPDEM_URL', `${url}/files/copdem`)
    const { servers, scenes } = await check(`${url}/stac`, 'aws')
    expect(scenes).toBe(0)
    const host = new URL(url).host
    expect(servers.map((each) => ({ ...each, latencyMs: 0 }))).toEqual([
      { layer: 'scenes', host, latencyMs: 0, collections: ['sentinel-2-l2a'], testRead: 'ok', error: null },
      { layer: 'dem', host, latencyMs: 0, collections: [], testRead: 'ok', error: null },
      {
        layer: 'landcover',
        host,
        latencyMs: 0,
        collections: ['esa-worldcover'],
        testRead: 'ok',
        error: null,
      },
    ])
    for (const { latencyMs } of servers) expect(latencyMs).toBeGreaterThan(0)
  })

  it('tells errors, and counts folders beside', async () => {
    const { url } = await serve({ special: () => ({ kind: 'other', status: 401 }) })
    const { servers, scenes, demTiles } = await check(SAMPLE_DIR, `${url}/stac`)
    expect([scenes, demTiles]).toEqual([8, 0])
    expect(servers).toMatchObject([
      { layer: 'dem', latencyMs: null, testRead: 'not-needed', error: { tag: 'source-denied' } },
    ])
  })

  it('tells that files cannot be read although their items can', async () => {
    const { url } = await serve({
      special: ({ url: { pathname } }) =>
        pathname.startsWith('/files/') ? { kind: 'other', status: 403 } : null,
    })
    const { servers } = await check(`${url}/stac`)
    for (const each of servers) {
      expect(each).toMatchObject({ testRead: 'failed', error: { tag: 'source-denied' } })
    }
  })
})
