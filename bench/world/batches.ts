import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { FusePart } from '../../src-worker/fuse/fuse-order'
import { checksumsOfFile, packChecksums, unpackChecksums } from '../../src-worker/hdf5/sample-checksums'
import { madeSamples } from '../../src-worker/hdf5/sample-fixtures'
import { createSamplesFile } from '../../src-worker/hdf5/samples-file'

const BATCHES = 20
const BATCH_SAMPLES = 1000

const checksumsSchema = z.object({ images: z.string(), columns: z.string() })

/** Batch files of noise, which gzip hardly makes smaller: 27 MB each. */
export async function makeBatches(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let batch = 0; batch < BATCHES; batch++) {
    const path = join(folder, `batch_${batch}.h5`)
    const file = await createSamplesFile(path, { compression: 1, slopeUnit: 'percent', attributes: {} })
    file.append(madeSamples(BATCH_SAMPLES, batch * BATCH_SAMPLES))
    await file.close()
    await writeFile(join(folder, `batch_${batch}.json`), JSON.stringify(packChecksums(checksumsOfFile(path))))
  }
}

export function batchPaths(folder: string): string[] {
  return Array.from({ length: BATCHES }, (_, batch) => join(folder, `batch_${batch}.h5`))
}

/**
 * So many parts of a fuse, each file as often as it takes, whose samples are scattered over the result as those of a
 * shuffled subset are.
 */
export async function batchParts(folder: string, parts: number): Promise<FusePart[]> {
  const checksums = await Promise.all(
    batchPaths(folder).map(async (path) => {
      const text = await readFile(path.replace('.h5', '.json'), 'utf8')
      return unpackChecksums(checksumsSchema.parse(JSON.parse(text)))
    }),
  )
  const count = parts * BATCH_SAMPLES
  // A prime that divides no count, so that every index comes once.
  const scattered = (k: number): number => (k * 7919) % count
  return Array.from({ length: parts }, (_, part) => ({
    path: batchPaths(folder)[part % BATCHES],
    indices: Array.from({ length: BATCH_SAMPLES }, (_, i) => scattered(part * BATCH_SAMPLES + i)),
    checksums: checksums[part % BATCHES],
  }))
}
