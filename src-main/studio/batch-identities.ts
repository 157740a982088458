import { stat } from 'node:fs/promises'
import type { SampleRef } from '../../src-shared/api/run-state'
import type { BatchIdentity } from '../../src-shared/review/marks'
import { readBatchRecord } from '../../src-worker/jobs/batch-record'
import type { ProjectPaths } from '../project/project-paths'

/** What the batches of a project are, by their records; each record is read once as long as it stays the same. */
export class BatchIdentities {
  private readonly known = new Map<string, { version: string; identity: BatchIdentity | null }>()

  constructor(private readonly paths: ProjectPaths) {}

  /** What a batch is; null where it has no record that can be read, or its file is not that of the record. */
  async of(
    { split, batch }: Pick<SampleRef, 'split' | 'batch'>,
    size: number,
  ): Promise<BatchIdentity | null> {
    const path = this.paths.batchRecord(split, size, batch)
    const [record, file] = await Promise.all(
      [path, this.paths.batch(split, size, batch)].map((each) => stat(each).catch(() => null)),
    )
    if (record === null || file === null) return null
    const version = [record.ino, record.size, record.mtimeMs, file.size].join('-')
    const known = this.known.get(path)
    if (known?.version === version) return known.identity
    const found = await readBatchRecord(path)
    const isWhole = found !== null && found.bytes === file.size
    const identity = isWhole ? { bytes: found.bytes, key: found.key } : null
    this.known.set(path, { version, identity })
    return identity
  }
}
