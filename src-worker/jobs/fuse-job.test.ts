import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { withHdf5 } from '../hdf5/file-reader'
import { checksumsOfFile, packChecksums } from '../hdf5/sample-checksums'
import { madeSamples } from '../hdf5/sample-fixtures'
import { createSamplesFile, datasetPath } from '../hdf5/samples-file'
import { quietContext } from '../process/context'
import { runFuse } from './fuse-job'
import { countersSchema, type BatchRecord, type JobInput } from './schemas'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuse-job-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Part = JobInput<'fuse'>['parts'][number]

/** A batch of three samples with its record. */
async function batch(name: string, change: Partial<BatchRecord> = {}): Promise<Part> {
  const part = { path: join(folder, `${name}.h5`), record: join(folder, `${name}.json`), leaveOut: [] }
  const file = await createSamplesFile(part.path, { compression: 1, slopeUnit: 'percent', attributes: {} })
  file.append(madeSamples(3))
  await file.close()
  const record: BatchRecord = {
    formatVersion: 1,
    key: 'ours',
    split: 'train',
    batch: 0,
    bytes: 1,
    samples: [5, 3, 4],
    checksums: packChecksums(checksumsOfFile(part.path)),
    rejections: [],
    failures: [],
    counters: countersSchema.parse({ blocksNeeded: 0, blocksDecoded: 0, bytesRead: 0 }),
    seconds: 1,
    ...change,
  }
  writeFileSync(part.record, JSON.stringify(record))
  return part
}

function fuse(...parts: Part[]): ReturnType<typeof runFuse> {
  const output = join(folder, 'fused.h5')
  const input = { parts, batchKey: 'ours', output, settings: DEFAULT_SETTINGS, attributes: {} }
  return runFuse(input, quietContext())
}

describe('the fuse of a project', () => {
  it('refuses a batch without a record, of another project, or whose file is not that of its record', async () => {
    const gone = { path: join(folder, 'gone.h5'), record: join(folder, 'gone.json'), leaveOut: [] }
    await expect(fuse(gone)).rejects.toMatchObject({ tag: 'dataset-invalid', file: gone.record })
    const other = await batch('other', { key: 'theirs' })
    await expect(fuse(other)).rejects.toMatchObject({
      file: other.record,
      message: expect.stringContaining('another project') as unknown,
    })
    const [a, b] = [await batch('a'), await batch('b', { samples: [6, 7, 8] })]
    rmSync(b.path)
    await expect(fuse(a, b)).rejects.toMatchObject({
      file: b.path,
      message: expect.stringContaining('does not exist') as unknown,
    })
    await expect(fuse(await batch('c', { checksums: packChecksums(zeros(3)) }))).rejects.toMatchObject({
      message: 'Sample 0 of the batch file is not as it was written.',
    })
    await expect(fuse(await batch('d', { checksums: packChecksums(zeros(2)) }))).rejects.toMatchObject({
      tag: 'dataset-invalid',
    })
    expect(readdirSync(folder).filter((name) => name.startsWith('fused'))).toEqual([])
  })

  it('takes records of versions that made no checksums', async () => {
    expect(await fuse(await batch('old', { checksums: null }))).toMatchObject({ samples: 3 })
  })

  it('leaves excluded samples out of samples and statistics, and keeps the counts of the whole batch', async () => {
    const one = await batch('reviewed')
    const counts = join(folder, 'reviewed.counts')
    await fuse(one)
    const [whole, agbd] = [readFileSync(counts), agbdOf(join(folder, 'fused.h5'))]
    // Rows 0, 1, 2 of the batch are those 5, 3, 4 of the subset: in the dataset they lie as 2, 0, 1.
    const shots = madeSamples(3)
    const shotNumber = (row: number): string => String(shots.int64('GEDI Shot Number', row))
    const leaveOut = [
      { row: 1, shotNumber: shotNumber(1) },
      { row: 2, shotNumber: '7' },
    ]
    const { samples, statistics, unmatched } = await fuse({ ...one, leaveOut })
    expect({ samples, unmatched }).toEqual({ samples: 2, unmatched: [{ part: 0, row: 2 }] })
    const values = (await agbd).filter((_, i) => i !== 0)
    expect(await agbdOf(join(folder, 'fused.h5'))).toEqual(values)
    const told = statistics.find(({ name }) => name === 'AGBD')
    expect(told).toMatchObject({ minimum: Math.min(...values), maximum: Math.max(...values), count: 2 })
    expect(readFileSync(counts)).toEqual(whole)
  })

  it('counts a batch anew whose counts are cut short, and keeps them', async () => {
    const one = await batch('recounted')
    const counts = join(folder, 'recounted.counts')
    const { statistics } = await fuse(one)
    const sound = readFileSync(counts)
    truncateSync(counts, 40)
    expect((await fuse(one)).statistics).toEqual(statistics)
    expect(readFileSync(counts)).toEqual(sound)
  })
})

function agbdOf(path: string): Promise<number[]> {
  return withHdf5(path, (file) => Array.from(file.read(datasetPath('AGBD Values')), Number))
}

function zeros(count: number): { images: Uint32Array; columns: Uint32Array } {
  return { images: new Uint32Array(count), columns: new Uint32Array(count) }
}
