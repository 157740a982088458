import type { Split } from '../../src-shared/footprint/footprint'
import type { RejectionReason } from '../../src-shared/footprint/rejection'
import type { Leakage } from '../../src-shared/run/leakage'
import type { ForecastReport, Report, SplitReport } from '../../src-shared/run/report'
import { summaryOf } from '../../src-worker/jobs/batch-job'
import type { BatchRecord } from '../../src-worker/jobs/schemas'
import { openCount, type SplitPlan } from '../../src-worker/plan/plan-summary'
import { SOFTWARE_VERSION } from '../software'
import { failuresOf } from './batch-step'
import type { FusedSplit, SplitBatches } from './fuse-step'
import type { IngestedGranule } from './ingest-step'
import type { RunContext } from './run-context'
import type { CombinedTables } from './table-steps'

/** What the steps of a run gave, as far as it went. */
export interface RunResults {
  granules: readonly IngestedGranule[] | null
  combine: CombinedTables | null
  subsets: ReadonlyMap<Split, { rows: number; tooNear?: number | undefined }>
  plans: ReadonlyMap<Split, SplitPlan>
  batches: ReadonlyMap<Split, SplitBatches>
  datasets: ReadonlyMap<Split, FusedSplit>
  forecast: ForecastReport | null
  leakage: Leakage | null
}

/** The report of a run from the results of its steps. */
export function makeReport(context: RunContext, results: RunResults, seconds: number): Report {
  const { project, skipped } = context
  const records = [...results.batches.values()].flat().filter((record) => record !== null)
  const sum = (value: (record: BatchRecord) => number): number =>
    records.reduce((total, record) => total + value(record), 0)
  return {
    formatVersion: 1,
    softwareVersion: SOFTWARE_VERSION,
    finished: new Date().toISOString(),
    seconds,
    nothingToDo: context.seconds.size === 0,
    granules:
      results.granules === null
        ? null
        : {
            read: results.granules.length,
            shots: results.granules.reduce((total, { summary }) => total + summary.shots, 0),
          },
    combine: results.combine?.shots ?? null,
    batches: batchCounts([...results.batches.values()]),
    train: splitReport('train', results),
    test: splitReport('test', results),
    skipped: skipped.map((error) => error.toJSON()),
    failures: failuresOf([...results.plans.values()], records),
    reading: {
      requests: sum(({ counters }) => counters.requests),
      retries: sum(({ counters }) => counters.retries),
      bytesReceived: sum(({ counters }) => counters.bytesReceived),
      bytes: sum(({ counters }) => counters.bytesRead),
      blocksNeeded: sum(({ counters }) => counters.blocksNeeded),
      blocksDecoded: sum(({ counters }) => counters.blocksDecoded),
    },
    forecast: results.forecast,
    leakage: results.leakage,
    stepSeconds: Object.fromEntries(context.seconds),
    settings: project.settings,
    sources: project.sources,
  }
}

function splitReport(split: Split, results: RunResults): SplitReport {
  const subset = results.subsets.get(split)
  const plan = results.plans.get(split)
  const batches = results.batches.get(split)
  const records = (batches ?? []).filter((record) => record !== null)
  const rejected: Partial<Record<RejectionReason, number>> = {}
  if (plan !== undefined && plan.noScene > 0) rejected['no-scene'] = plan.noScene
  let [samples, failed] = [0, plan === undefined ? 0 : openCount(plan)]
  for (const summary of records.map(summaryOf)) {
    samples += summary.samples
    failed += summary.failed
    for (const [reason, count] of Object.entries(summary.rejected) as [RejectionReason, number][]) {
      rejected[reason] = (rejected[reason] ?? 0) + count
    }
  }
  return {
    combined: results.combine?.rows[split] ?? null,
    subset: subset?.rows ?? null,
    ...(subset?.tooNear === undefined ? {} : { tooNear: subset.tooNear }),
    batches: batchCounts(batches === undefined ? [] : [batches]),
    samples,
    rejected,
    failed,
    review: results.datasets.get(split)?.review ?? null,
    dataset: results.datasets.get(split)?.dataset ?? null,
  }
}

/** How many batches of some splits are done; null without any split that is planned. */
function batchCounts(splits: readonly SplitBatches[]): Report['batches'] {
  if (splits.length === 0) return null
  const batches = splits.flat()
  return { done: batches.filter((record) => record !== null).length, total: batches.length }
}

/** Whether a run ended with inputs or footprints left out: exit status 3. */
export function leftSomethingOut(report: Report): boolean {
  return report.skipped.length > 0 || report.failures.length > 0
}
