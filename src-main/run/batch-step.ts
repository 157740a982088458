import { mkdir, stat } from 'node:fs/promises'
import { throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { Split } from '../../src-shared/footprint/footprint'
import type { RunEvent } from '../../src-shared/run/events'
import { FAILED_SHOTS, type Report } from '../../src-shared/run/report'
import { counted } from '../../src-shared/wording/counted'
import { summaryOf } from '../../src-worker/jobs/batch-job'
import { readBatchRecord } from '../../src-worker/jobs/batch-record'
import type { BatchRecord, JobInput } from '../../src-worker/jobs/schemas'
import { batchSizes, type SplitPlan } from '../../src-worker/plan/plan-summary'
import { settingsForSources } from '../../src-worker/stac/providers'
import { BatchIsolation } from './isolate-batch'
import { rootAttributes } from './root-attributes'
import { listenAs, networkLimits, type RunContext } from './run-context'

/** A batch of a split, by its number. */
interface BatchId {
  split: Split
  batch: number
  /** Footprints in it. */
  footprints: number
}

/** All batches of the plans: those of train, then those of test. Their place in this list is their index. */
export function batchesOf(plans: ReadonlyMap<Split, SplitPlan>, size: number): BatchId[] {
  return [...plans].flatMap(([split, plan]) =>
    batchSizes(plan, size).map((footprints, batch) => ({ split, batch, footprints })),
  )
}

/**
 * Cuts the batches that are not done, in all workers at once. Footprints that something could not be read for stay
 * open: their batch is cut again by the next run. So do footprints that workers die of.
 * @param ids the batches to look after; those of other processes are left alone
 * @throws StudioError `hdf5-write`, `disk-full`, `worker-died`, `cancelled`
 */
export async function batchStep(context: RunContext, ids: readonly BatchId[]): Promise<void> {
  const { emit, pool, paths } = context
  await mkdir(paths.temporary, { recursive: true })
  const open: BatchId[] = []
  for (const id of ids) {
    throwIfCancelled(context.signal)
    const record = await finishedBatch(context, id)
    if (record === null || record.failures.length > 0) open.push(id)
    else emit(batchEvent(record, false))
  }
  const what = counted(ids.length, 'batch', 'batches')
  if (open.length === 0) {
    emit({ kind: 'step-kept', step: 'batch', what })
    return
  }
  emit({ kind: 'step-started', step: 'batch', what: `${open.length} of ${what}` })
  const started = performance.now()
  const progress = new BatchProgress(context, open)
  const isolation = new BatchIsolation(context)
  const inputs = open.map((id) => batchInput(context, id))
  const finish = async (index: number, samples: number): Promise<void> => {
    progress.finish(index, samples)
    const record = await finishedBatch(context, open[index])
    if (record !== null) emit(batchEvent(record, true))
  }
  await pool.runAll(
    'batch',
    inputs,
    ({ index, output }) => finish(index, output.samples),
    async (failure) => {
      const { index, error } = failure
      if (error.tag !== 'worker-died') throw error
      const recordOf = (): Promise<BatchRecord | null> => finishedBatch(context, open[index])
      const { samples } = await isolation.isolate(inputs[index], open[index].footprints, failure, recordOf)
      await finish(index, samples)
    },
    (index, worker) => ({
      ...listenAs(context, 'batch', 'footprints'),
      progress: (done) => {
        progress.advance(index, done)
        const { split, batch, footprints } = open[index]
        emit({ kind: 'worker', worker, what: `${split} batch ${batch}`, done, total: footprints })
      },
    }),
  )
  for (let worker = 0; worker < pool.size; worker++)
    emit({ kind: 'worker', worker, what: null, done: 0, total: 0 })
  const seconds = (performance.now() - started) / 1000
  context.seconds.set('batch', seconds)
  emit({ kind: 'step-done', step: 'batch', what: counted(progress.samples, 'sample'), seconds })
}

/** What a finished batch tells whoever follows the run. @param fresh whether it was cut just now */
export function batchEvent(record: BatchRecord, fresh: boolean): RunEvent {
  const { samples, rejected } = summaryOf(record)
  const failures = record.failures.map(({ error, footprints }) => ({ error, footprints: footprints.length }))
  const { bytesRead, requests, retries, bytesReceived } = record.counters
  const { split, batch } = record
  const reading = { bytesRead, requests, retries, bytesReceived }
  return { kind: 'batch', split, batch, fresh, samples, rejected, failures, ...reading }
}

/**
 * Notes what the batches of these splits are made from before the first is cut, so that changed settings are noticed
 * even where a run stopped among its batches.
 */
export async function announceBatches({ steps, keys }: RunContext, splits: readonly Split[]): Promise<void> {
  for (const split of splits) {
    const key = keys[`batch:${split}`]
    const record = { step: 'batch', key, seconds: 0, summary: null, skipped: [] } as const
    if (steps.get(`batch:${split}`)?.key !== key)
      await steps.finish(`batch:${split}`, { ...record, skipped: [] }, [])
  }
}

/** The record of a batch that is done and whole, or null. */
export async function finishedBatch(
  context: Pick<RunContext, 'paths' | 'keys' | 'project'>,
  { split, batch }: Pick<BatchId, 'split' | 'batch'>,
): Promise<BatchRecord | null> {
  const { paths, keys, project } = context
  const size = project.settings.batchSize
  const record = await readBatchRecord(paths.batchRecord(split, size, batch))
  if (record?.key !== keys[`batch:${split}`]) return null
  const file = await stat(paths.batch(split, size, batch)).catch(() => null)
  return file?.size === record.bytes ? record : null
}

function batchInput(context: RunContext, { split, batch }: BatchId): JobInput<'batch'> {
  const { paths, keys, project, pool } = context
  const { settings } = project
  const megabytes = settings.memory / pool.size
  return {
    split,
    batch,
    key: keys[`batch:${split}`],
    plan: paths.plan(split),
    catalog: paths.catalog,
    settings: settingsForSources(settings, project.sources),
    output: paths.batch(split, settings.batchSize, batch),
    record: paths.batchRecord(split, settings.batchSize, batch),
    attributes: rootAttributes(project, split),
    cacheBytes: Math.floor(megabytes * 0.5) * 2 ** 20,
    memoryMb: Math.max(64, Math.floor(megabytes * 0.1)),
    network: networkLimits(context),
    part: null,
    tempDirectory: paths.temporary,
  }
}

/** Footprints done over all batches that are being cut. */
class BatchProgress {
  samples = 0
  private readonly done: number[]
  private readonly total: number

  constructor(
    private readonly context: RunContext,
    private readonly batches: readonly BatchId[],
  ) {
    this.done = batches.map(() => 0)
    this.total = batches.reduce((sum, { footprints }) => sum + footprints, 0)
  }

  advance(index: number, done: number): void {
    // A batch that is cut in parts begins anew with each; the bar does not go back.
    this.done[index] = Math.max(this.done[index], done)
    const sum = this.done.reduce((a, b) => a + b, 0)
    this.context.emit({ kind: 'progress', step: 'batch', done: sum, total: this.total, unit: 'footprints' })
  }

  finish(index: number, samples: number): void {
    this.samples += samples
    this.advance(index, this.batches[index].footprints)
  }
}

/** Errors that footprints of these plans and batches failed of, with their numbers, most frequent first. */
export function failuresOf(plans: readonly SplitPlan[], records: readonly BatchRecord[]): Report['failures'] {
  const merged = new Map<string, Report['failures'][number]>()
  const ofPlans = plans.flatMap(({ open }) => open).map((failure) => ({ ...failure, shots: [] }))
  const ofBatches = records
    .flatMap(({ failures }) => failures)
    .map(({ error, footprints }) => ({
      error,
      footprints: footprints.length,
      shots: footprints.slice(0, FAILED_SHOTS).map(({ shotNumber }) => shotNumber),
    }))
  for (const { error, footprints, shots } of [...ofPlans, ...ofBatches]) {
    const key = `${error.tag} ${error.file ?? ''} ${error.message}`
    const entry = merged.get(key) ?? { error, footprints: 0, shots: [] }
    entry.footprints += footprints
    entry.shots.push(...shots.slice(0, FAILED_SHOTS - entry.shots.length))
    merged.set(key, entry)
  }
  return [...merged.values()].sort((a, b) => b.footprints - a.footprints)
}
