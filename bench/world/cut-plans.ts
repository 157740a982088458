import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings'
import { withDatabase } from '../../src-worker/footprints/database'
import { JOB_RUNNERS } from '../../src-worker/jobs/runners'
import { writeCatalog, type CatalogFiles } from '../../src-worker/plan/catalog-store'
import { quietContext } from '../../src-worker/process/context'
import { footprintTable, SPREADS, type Spread } from './footprints'
import { BLOCK_EDGES, benchScene, benchTiles, type BlockEdge } from './imagery'

/** The default settings, but for slope: made terrain must not reject what is to be timed. */
export const CUT_SETTINGS: Settings = { ...DEFAULT_SETTINGS, maxSlope: 10_000 }

/** What a batch is cut from. */
export interface CutPlan {
  plan: string
  catalog: CatalogFiles
  /** The subset table that the plan was made from. */
  table: string
}

/** The files of the plan for footprints of one spread over imagery of one block size. */
export function cutPlan(folder: string, spread: Spread, block: BlockEdge): CutPlan {
  return {
    plan: join(folder, `plan_${spread}_${block}.parquet`),
    catalog: { scenes: join(folder, `scenes_${block}.parquet`), tiles: join(folder, `tiles_${block}.json`) },
    table: join(folder, `${spread}.csv`),
  }
}

/** Has the program plan the sparse and the dense footprints over the imagery of either block size. */
export async function makeCutPlans(folder: string, imagery: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const limits = { memoryMb: 512, tempDirectory: join(folder, 'spill') }
  for (const block of BLOCK_EDGES) {
    const scene = benchScene(imagery, block)
    for (const spread of SPREADS) {
      const { plan, catalog, table } = cutPlan(folder, spread, block)
      const tiles = benchTiles(imagery)
      await withDatabase(limits, (database) => writeCatalog(database, { scenes: [scene], ...tiles }, catalog))
      await writeFile(table, footprintTable(scene, spread))
      const request = {
        split: 'train',
        subset: table,
        scenes: catalog.scenes,
        settings: CUT_SETTINGS,
        output: plan,
        rejections: `${plan}.no-scene.csv`,
        open: null,
        extend: false,
        ...limits,
      } as const
      const { noScene, batches } = await JOB_RUNNERS.plan(request, quietContext())
      if (noScene > 0 || batches !== 1)
        throw new Error(`the ${spread} footprints do not all lie in the scene`)
    }
  }
}
