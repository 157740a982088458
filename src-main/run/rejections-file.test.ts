import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Split } from '../../src-shared/footprint/footprint'
import { countersSchema, type BatchRecord } from '../../src-worker/jobs/schemas'
import { projectPaths, type ProjectPaths } from '../project/project-paths'
import { rejectionLines, writeRejections } from './rejections-file'

let paths: ProjectPaths

beforeAll(async () => {
  paths = projectPaths(await mkdtemp(join(tmpdir(), 'rejections-')))
  await mkdir(join(paths.folder, 'plan'))
  await writeFile(paths.noScene('train'), 'shot_number,split,reason\n83310500200123456,train,no-scene\n')
  await writeFile(paths.noScene('test'), 'shot_number,split,reason\n')
})
afterAll(() => rm(paths.folder, { recursive: true }))

const record = (split: Split, shots: readonly string[]): BatchRecord => ({
  formatVersion: 1,
  key: 'k',
  split,
  batch: 0,
  bytes: 0,
  samples: [],
  checksums: null,
  rejections: shots.map((shotNumber, index) => ({ index, shotNumber, reason: 'slope' })),
  failures: [],
  counters: countersSchema.parse({ bytesRead: 0, blocksNeeded: 0, blocksDecoded: 0 }),
  seconds: 1,
})

const all = async (lines: AsyncIterable<string[]>): Promise<string[]> => {
  const read: string[] = []
  for await (const some of lines) read.push(...some)
  return read
}

it('the file has the footprints without a scene and those of every batch, of both splits', async () => {
  await writeRejections(
    paths,
    new Map([
      ['train', [record('train', ['9007199254740993']), null]],
      ['test', [record('test', []), record('test', ['18446744073709551615'])]],
    ]),
  )
  expect(await readFile(paths.rejections, 'utf8')).toBe(
    `shot_number,split,reason
83310500200123456,train,no-scene
9007199254740993,train,slope
18446744073709551615,test,slope
`,
  )
})

it('batches that are not done yet are passed over', async () => {
  expect(await all(rejectionLines(paths, 'test', [null, record('test', ['12']), null]))).toEqual([
    '12,test,slope',
  ])
})
