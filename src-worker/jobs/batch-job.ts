import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { throwIfCancelled, type StudioError } from '../../src-shared/errors/studio-error'
import type { Scene } from '../../src-shared/catalog/scene'
import type { RejectionReason } from '../../src-shared/footprint/rejection'
import { isRemote } from '../catalog/href'
import { withDatabase } from '../footprints/database'
import { writeDurably } from '../files/durable-file'
import { SampleColumns } from '../hdf5/sample-columns'
import { checksumsOfFile, packChecksums } from '../hdf5/sample-checksums'
import { createSamplesFile, type SamplesFileWriter } from '../hdf5/samples-file'
import { readScenes } from '../plan/catalog-store'
import { readBatch, type PlannedFootprint } from '../plan/read-batch'
import type { JobContext } from '../process/context'
import { localPace, networkPace } from '../raster/reading-pace'
import { cutBatch, type BatchSink } from '../sample/cut-batch'
import { fillSample } from '../sample/fill-sample'
import { countLayers } from '../statistics/count-layers'
import { LayerCounts } from '../statistics/layer-counts'
import { layerCountsPath, saveLayerCounts } from '../statistics/layer-counts-file'
import type { BatchRecord, JobInput, JobOutput } from './schemas'
import {
  addCounters,
  chooseFootprints,
  inCuttingOrder,
  putAmong,
  supplementPath,
  unfinishedBatch,
  type BatchOutcome,
} from './take-up-batch'
import { workerImagery, workerTiles } from './worker-state'

/** Samples handed to the file at a time. */
const BLOCK_SAMPLES = 128

/**
 * Cuts one batch of a plan into its file, and writes the record that says the batch is done, what was rejected and
 * what could not be read. The record comes last: a batch without it counts as not done. Where a batch is there but for
 * footprints that could not be read, only these are cut, and put among the others; where only a part of it is asked for,
 * the rest stays open.
 * @throws StudioError `hdf5-write`, `disk-full`, `cancelled`
 */
export async function runBatch(input: JobInput<'batch'>, ctx: JobContext): Promise<JobOutput<'batch'>> {
  const started = performance.now()
  for (const file of [input.output, input.record]) await mkdir(dirname(file), { recursive: true })
  const before = await unfinishedBatch(input)
  const { planned, footprints, left, scenes } = await whatToCut(input, before, ctx.signal)
  const file = before === null ? input.output : supplementPath(input)
  const { outcome, counters, layers } = await cutInto(file, footprints, scenes, input, ctx)
  const whole = before === null ? outcome : await putAmong(before, outcome, planned, input, ctx)
  const failures = [...whole.failures, ...left]
  const record: BatchRecord = {
    formatVersion: 1,
    key: input.key,
    split: input.split,
    batch: input.batch,
    bytes: (await stat(input.output)).size,
    ...whole,
    checksums: packChecksums(checksumsOfFile(input.output)),
    failures,
    rejections: inCuttingOrder(whole.rejections, planned),
    counters: before === null ? counters : addCounters(before.counters, counters),
    seconds: (before?.seconds ?? 0) + (performance.now() - started) / 1000,
  }
  const counted = before === null ? layers : await countLayers(input.output, ctx.signal)
  await saveLayerCounts(layerCountsPath(input.record), counted)
  await writeDurably(input.record, JSON.stringify(record))
  return summaryOf(record)
}

interface WhatToCut {
  /** All footprints of the batch, in cutting order. */
  planned: PlannedFootprint[]
  /** Those that are to be cut. */
  footprints: PlannedFootprint[]
  /** What is recorded of the others that are open. */
  left: BatchRecord['failures']
  /** Their scenes by number. */
  scenes: Map<number, Scene>
}

function whatToCut(
  input: JobInput<'batch'>,
  before: BatchRecord | null,
  signal: AbortSignal,
): Promise<WhatToCut> {
  return withDatabase({ ...input, threads: 1 }, async (database) => {
    const planned = await readBatch(database, input.plan, input.batch, signal)
    const { footprints, left } = chooseFootprints(planned, before, input.part)
    const numbers = new Set(footprints.flatMap(({ candidates }) => candidates))
    const scenes = await readScenes(database, input.catalog.scenes, [...numbers])
    return { planned, footprints, left, scenes }
  })
}

/** Cuts footprints into a file of samples. */
async function cutInto(
  path: string,
  footprints: readonly PlannedFootprint[],
  scenes: ReadonlyMap<number, Scene>,
  input: JobInput<'batch'>,
  ctx: JobContext,
): Promise<{ outcome: BatchOutcome; counters: BatchRecord['counters']; layers: LayerCounts }> {
  const imagery = await workerImagery(input)
  const { dem, landcover } = await workerTiles(input.catalog)
  const { settings, attributes } = input
  const { compression, slopeUnit } = settings
  const file = await createSamplesFile(path, { compression, slopeUnit, attributes })
  const yields = new BatchYields(file)
  try {
    const pace = isFromNetwork(scenes.values()) ? networkPace() : localPace()
    const environment = { rasters: imagery.rasters, pace, dem, landcover, settings, signal: ctx.signal }
    await cutBatch(footprints, scenes, environment, yields, (done) => ctx.progress(done, footprints.length))
    yields.flush()
    throwIfCancelled(ctx.signal)
    await file.close()
  } catch (error) {
    file.discard()
    throw error
  }
  return { outcome: yields.outcome(), counters: imagery.counters(), layers: yields.layers }
}

/** Whether band files of these scenes lie on servers. */
function isFromNetwork(scenes: Iterable<Scene>): boolean {
  for (const { bands } of scenes) if (isRemote(bands.SCL)) return true
  return false
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
  readonly layers = new LayerCounts()
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
    this.layers.add(this.columns)
    this.columns.clear()
  }

  outcome(): BatchOutcome {
    return { samples: this.samples, rejections: this.rejections, failures: [...this.failures.values()] }
  }
}
