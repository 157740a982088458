import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { throwIfCancelled, type StudioError } from '../../src-shared/errors/studio-error'
import type { RejectionReason } from '../../src-shared/footprint/rejection'
import { withDatabase } from '../footprints/database'
import { writeDurably } from '../files/durable-file'
import { SampleColumns } from '../hdf5/sample-columns'
import { createSamplesFile, type SamplesFileWriter } from '../hdf5/samples-file'
import { readScenes } from '../plan/catalog-store'
import { readBatch, type PlannedFootprint } from '../plan/read-batch'
import type { JobContext } from '../process/context'
import { cutBatch, type BatchSink } from '../sample/cut-batch'
import { fillSample } from '../sample/fill-sample'
import type { BatchRecord, JobInput, JobOutput } from './schemas'
import { workerRasters, workerTiles } from './worker-state'

/** Samples handed to the file at a time. */
const BLOCK_SAMPLES = 128

/**
 * Cuts one batch of a plan into its file, and writes the record that says the batch is done, what was rejected and
 * what could not be read. The record comes last: a batch without it counts as not done.
 * @throws StudioError `hdf5-write`, `disk-full`, `cancelled`
 */
export async function runBatch(input: JobInput<'batch'>, ctx: JobContext): Promise<JobOutput<'batch'>> {
  const started = performance.now()
  await mkdir(dirname(input.output), { recursive: true })
  await mkdir(dirname(input.record), { recursive: true })
  const { footprints, scenes } = await withDatabase({ ...input, threads: 1 }, async (database) => {
    const planned = await readBatch(database, input.plan, input.batch, ctx.signal)
    const numbers = new Set(planned.flatMap(({ candidates }) => candidates))
    return { footprints: planned, scenes: await readScenes(database, input.catalog.scenes, [...numbers]) }
  })
  const rasters = await workerRasters(input.cacheBytes)
  const { dem, landcover } = await workerTiles(input.catalog)
  const { settings, attributes, output } = input
  const { compression, slopeUnit } = settings
  const file = await createSamplesFile(output, { compression, slopeUnit, attributes })
  const yields = new BatchYields(file)
  try {
    const environment = { rasters, dem, landcover, settings, signal: ctx.signal }
    await cutBatch(footprints, scenes, environment, yields, (done) => ctx.progress(done, footprints.length))
    yields.flush()
    throwIfCancelled(ctx.signal)
    await file.close()
  } catch (error) {
    file.discard()
    throw error
  }
  const record: BatchRecord = {
    formatVersion: 1,
    key: input.key,
    split: input.split,
    batch: input.batch,
    bytes: (await stat(output)).size,
    ...yields.outcome(),
    counters: { ...rasters.counters },
    seconds: (performance.now() - started) / 1000,
  }
  await writeDurably(input.record, JSON.stringify(record))
  return summaryOf(record)
}

/** The counts of a batch record. */
export function summaryOf(record: BatchRecord): JobOutput<'batch'> {
  const rejected: Partial<Record<RejectionReason, number>> = {}
  for (const { reason } of record.rejections) rejected[reason] = (rejected[reason] ?? 0) + 1
  return {
    samples: record.samples.length,
    rejected,
    failed: record.failures.reduce((sum, { footprints }) => sum + footprints.length, 0),
    counters: record.counters,
  }
}

/** Collects what a batch yields: samples into the file, the rest for the record. */
class BatchYields implements BatchSink {
  private readonly columns = new SampleColumns(BLOCK_SAMPLES)
  private readonly samples: number[] = []
  private readonly rejections: BatchRecord['rejections'] = []
  private readonly failures = new Map<string, BatchRecord['failures'][number]>()

  constructor(private readonly file: SamplesFileWriter) {}

  readonly sample: BatchSink['sample'] = (scene, sample) => {
    if (this.columns.isFull) this.flush()
    fillSample(this.columns, scene, sample)
    this.samples.push(sample.footprint.index)
  }

  readonly rejected = ({ index, shotNumber }: PlannedFootprint, reason: RejectionReason): void => {
    this.rejections.push({ index, shotNumber, reason })
  }

  readonly failed = ({ index, shotNumber }: PlannedFootprint, error: StudioError): void => {
    const key = error.describe()
    const failure = this.failures.get(key) ?? { error: error.toJSON(), footprints: [] }
    failure.footprints.push({ index, shotNumber })
    this.failures.set(key, failure)
  }

  flush(): void {
    this.file.append(this.columns)
    this.columns.clear()
  }

  outcome(): Pick<BatchRecord, 'samples' | 'rejections' | 'failures'> {
    return { samples: this.samples, rejections: this.rejections, failures: [...this.failures.values()] }
  }
}
