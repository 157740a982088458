import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startImageryServer } from '../../src-worker/http/testing/imagery-server'
import { SAMPLE_DIR } from '../tools'

export interface StandInServers {
  /** Variables that put the servers in the place of the providers, and `STAC` and `TOKENS` for other addresses. */
  env: Record<string, string>
  close(): Promise<void>
}

/** Folders of the public bucket of land cover, by the year of the map. */
const LANDCOVER_BUCKET = [
  ['2020', 'v100/2020/map'],
  ['2021', 'v200/2021/map'],
] as const

/** Servers on this machine that have the imagery of the sample, for commands that name a provider. */
export async function startStandInServers(folder: string): Promise<StandInServers> {
  mkdirSync(folder)
  const copy = (from: string, to: string): void =>
    cpSync(join(SAMPLE_DIR, from), join(folder, to), { recursive: true })
  for (const name of ['stac', 'sentinel-2-l2a', 'copdem', 'worldcover']) copy(name, name)
  for (const [year, bucket] of LANDCOVER_BUCKET) copy(`worldcover/${year}`, bucket)
  const stac = { itemsFile: join(folder, 'stac', 'items.json') }
  const open = await startImageryServer({ folder, stac })
  const signed = await startImageryServer({ folder, stac, signing: { lifetimeMs: 600_000 } })
  return {
    env: {
      STAC: `${open.url}/stac`,
      TOKENS: `${signed.url}/api/sas/v1`,
      GEDI_DATASET_PLANETARY_COMPUTER_URL: `${signed.url}/stac`,
      GEDI_DATASET_EARTH_SEARCH_URL: `${open.url}/stac`,
      GEDI_DATASET_COPDEM_URL: `${open.url}/files/copdem`,
      GEDI_DATASET_WORLDCOVER_URL: `${open.url}/files`,
    },
    close: async () => {
      await open.close()
      await signed.close()
    },
  }
}
