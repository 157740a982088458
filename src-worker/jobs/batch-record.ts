import { readFile } from 'node:fs/promises'
import { batchRecordSchema, type BatchRecord } from './schemas'

/** The record of a batch, or null where there is none that can be read. */
export async function readBatchRecord(path: string): Promise<BatchRecord | null> {
  try {
    return batchRecordSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}
