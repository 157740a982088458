import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fuseSamples } from '../fuse/fuse'
import { unpackChecksums, type SampleChecksums } from '../hdf5/sample-checksums'
import type { PlannedFootprint } from '../plan/read-batch'
import type { JobContext } from '../process/context'
import { beat } from '../process/pulse'
import { readBatchRecord } from './batch-record'
import type { BatchRecord, JobInput } from './schemas'

/** What became of footprints, as a record keeps it. */
export type BatchOutcome = Pick<BatchRecord, 'samples' | 'rejections' | 'failures'>

/** The record of a batch that is whole but for footprints that could not be read; null where it is to be cut anew. */
export async function unfinishedBatch(input: JobInput<'batch'>): Promise<BatchRecord | null> {
  const record = await readBatchRecord(input.record)
  if (record?.key !== input.key || record.failures.length === 0) return null
  const found = await stat(input.output).catch(() => null)
  return found?.size === record.bytes ? record : null
}

/** Subset rows of the footprints that could not be read. */
export function openFootprints({ failures }: BatchRecord): Set<number> {
  return new Set(failures.flatMap(({ footprints }) => footprints.map(({ index }) => index)))
}

/** Footprints of a batch that are to be cut now, and what is recorded of those that stay open meanwhile. */
export function chooseFootprints(
  planned: readonly PlannedFootprint[],
  before: BatchRecord | null,
  part: JobInput<'batch'>['part'],
): { footprints: PlannedFootprint[]; left: BatchRecord['failures'] } {
  const open = before === null ? null : openFootprints(before)
  const candidates = open === null ? planned : planned.filter(({ index }) => open.has(index))
  if (part === null) return { footprints: [...candidates], left: [] }
  const inPart = new Set(planned.slice(part.from, part.to).map(({ index }) => index))
  const footprints = candidates.filter(({ index }) => inPart.has(index))
  const rest = candidates.filter(({ index }) => !inPart.has(index))
  if (part.error !== null) {
    const named = rest.map(({ index, shotNumber }) => ({ index, shotNumber }))
    return { footprints, left: named.length === 0 ? [] : [{ error: part.error, footprints: named }] }
  }
  const left = (before?.failures ?? []).map(({ error, footprints: failed }) => ({
    error,
    footprints: failed.filter(({ index }) => !inPart.has(index)),
  }))
  return { footprints, left: left.filter(({ footprints: failed }) => failed.length > 0) }
}

/** Where footprints are cut to that come to a batch later. */
export function supplementPath({ tempDirectory, split, batch }: JobInput<'batch'>): string {
  return join(tempDirectory, `${split}_${batch}_taken_up.h5`)
}

/**
 * Puts samples that came later among those of a batch, all in cutting order, and the rest of the outcome together. The
 * file is replaced in one step; until the record follows, the batch counts as not done.
 * @throws StudioError as fuseSamples
 */
export async function putAmong(
  before: BatchRecord,
  outcome: BatchOutcome,
  planned: readonly PlannedFootprint[],
  input: JobInput<'batch'>,
  ctx: JobContext,
): Promise<BatchOutcome> {
  const supplement = supplementPath(input)
  const placeOf = new Map(planned.map(({ index }, place) => [index, place]))
  const places = (rows: readonly number[]): number[] => rows.map((row) => placeOf.get(row) ?? -1)
  const inOrder = (a: number, b: number): number => (placeOf.get(a) ?? 0) - (placeOf.get(b) ?? 0)
  try {
    if (outcome.samples.length > 0) {
      const parts = [
        { path: input.output, indices: places(before.samples), checksums: unpacked(before) },
        { path: supplement, indices: places(outcome.samples), checksums: null },
      ]
      const { compression, slopeUnit, seed } = input.settings
      const options = {
        compression,
        slopeUnit,
        seed,
        attributes: input.attributes,
        order: 'subset',
        verification: 'full',
      } as const
      await fuseSamples(parts, input.output, options, { ...ctx, progress: beat })
    }
  } finally {
    await rm(supplement, { force: true })
  }
  const added = outcome.samples.length > 0
  return {
    samples: added ? [...before.samples, ...outcome.samples].sort(inOrder) : before.samples,
    rejections: [...before.rejections, ...outcome.rejections],
    failures: outcome.failures,
  }
}

function unpacked({ checksums }: BatchRecord): SampleChecksums | null {
  return checksums === null ? null : unpackChecksums(checksums)
}

/** Rejections in cutting order, whichever check came first and however often the batch was worked on. */
export function inCuttingOrder(
  rejections: BatchRecord['rejections'],
  planned: readonly PlannedFootprint[],
): BatchRecord['rejections'] {
  const placeOf = new Map(planned.map(({ index }, place) => [index, place]))
  return [...rejections].sort((a, b) => (placeOf.get(a.index) ?? 0) - (placeOf.get(b.index) ?? 0))
}

/** What a batch cost in all the times it was worked on. */
export function addCounters(a: BatchRecord['counters'], b: BatchRecord['counters']): BatchRecord['counters'] {
  const keys = Object.keys(a) as (keyof BatchRecord['counters'])[]
  const sum = { ...a }
  for (const key of keys) sum[key] += b[key]
  return sum
}
