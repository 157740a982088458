import { statfs } from 'node:fs/promises'
import type { Split } from '../../src-shared/footprint/footprint'
import type { ForecastReport } from '../../src-shared/run/report'
import type { SplitPlan } from '../../src-worker/plan/plan-summary'
import { settingsForSources } from '../../src-worker/stac/providers'
import { SAMPLE_BYTES, SAMPLE_COPIES } from './sample-bytes'
import { listenAs, networkLimits, tableLimits, type RunContext } from './run-context'

/** Says what the batches of the plans will read and write, before any is cut. */
export async function forecastStep(
  context: RunContext,
  plans: ReadonlyMap<Split, SplitPlan>,
): Promise<ForecastReport> {
  const { paths, project, pool } = context
  const found = await pool.run(
    'forecast',
    {
      plans: [...plans.keys()].map((split) => paths.plan(split)),
      catalog: paths.catalog,
      settings: settingsForSources(project.settings, project.sources),
      network: networkLimits(context),
      ...tableLimits(context),
    },
    listenAs(context, 'plan', 'footprints'),
  )
  const freeBytes = await statfs(paths.folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  )
  return { ...found, diskBytes: found.footprints * SAMPLE_BYTES * SAMPLE_COPIES, freeBytes }
}
