import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Split } from '../../src-shared/footprint/footprint'
import { finishFile, partPath } from '../../src-worker/files/durable-file'
import type { BatchRecord } from '../../src-worker/jobs/schemas'
import type { ProjectPaths } from '../project/project-paths'
import type { SplitBatches } from './fuse-step'

/** First line of `rejections.csv`. */
export const REJECTIONS_HEADER = 'shot_number,split,reason'

/** Lines that are handed on at once. */
const BLOCK_LINES = 10_000

/** Writes `rejections.csv`: every rejected footprint of the batches that are done, and those without a scene. */
export async function writeRejections(
  paths: ProjectPaths,
  batches: ReadonlyMap<Split, SplitBatches>,
): Promise<void> {
  const file = await open(partPath(paths.rejections), 'w')
  try {
    await file.write(`${REJECTIONS_HEADER}\n`)
    for (const [split, records] of batches) {
      for await (const lines of rejectionLines(paths, split, records))
        await file.write(`${lines.join('\n')}\n`)
    }
  } finally {
    await file.close()
  }
  await finishFile(paths.rejections)
}

/**
 * The rejected footprints of a planned split as lines of `rejections.csv`, some at a time and never none: those without
 * a scene, then batch by batch.
 * @param records of the batches, null for those that are not done
 */
export async function* rejectionLines(
  paths: Pick<ProjectPaths, 'noScene'>,
  split: Split,
  records: AsyncIterable<BatchRecord | null> | Iterable<BatchRecord | null>,
): AsyncGenerator<string[], void, void> {
  yield* noSceneLines(paths.noScene(split))
  for await (const record of records) {
    const lines = record?.rejections.map(({ shotNumber, reason }) => `${shotNumber},${split},${reason}`) ?? []
    if (lines.length > 0) yield lines
  }
}

async function* noSceneLines(path: string): AsyncGenerator<string[], void, void> {
  let lines: string[] = []
  let header = true
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (!header) lines.push(line)
    header = false
    if (lines.length < BLOCK_LINES) continue
    yield lines
    lines = []
  }
  if (lines.length > 0) yield lines
}
