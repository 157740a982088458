import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Split } from '../../src-shared/footprint/footprint'
import { finishFile, partPath } from '../../src-worker/files/durable-file'
import type { ProjectPaths } from '../project/project-paths'
import type { SplitBatches } from './fuse-step'

const HEADER = 'shot_number,split,reason\n'

/** Lines that are written at once. */
const BLOCK_LINES = 10_000

/** Writes `rejections.csv`: every rejected footprint of the batches that are done, and those without a scene. */
export async function writeRejections(
  paths: ProjectPaths,
  batches: ReadonlyMap<Split, SplitBatches>,
): Promise<void> {
  const file = await open(partPath(paths.rejections), 'w')
  try {
    await file.write(HEADER)
    for (const [split, records] of batches) {
      await appendNoScene(file, paths.noScene(split))
      for (const record of records) {
        const lines = record?.rejections.map(({ shotNumber, reason }) => `${shotNumber},${split},${reason}\n`)
        if (lines !== undefined && lines.length > 0) await file.write(lines.join(''))
      }
    }
  } finally {
    await file.close()
  }
  await finishFile(paths.rejections)
}

async function appendNoScene(file: FileHandle, path: string): Promise<void> {
  let lines: string[] = []
  let header = true
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (!header) lines.push(line)
    header = false
    if (lines.length < BLOCK_LINES) continue
    await file.write(lines.join('\n') + '\n')
    lines = []
  }
  if (lines.length > 0) await file.write(lines.join('\n') + '\n')
}
