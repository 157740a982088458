import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SPLITS } from '../../src-shared/footprint/footprint'
import { referenceColumns, writeBatch } from '../patches/patches-fixture'
import { quietContext } from '../process/context'
import { JOB_RUNNERS } from './runners'
import { JOBS } from './schemas'

let folder: string
let files: string[]
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'patch-jobs-'))
  files = await Promise.all(
    SPLITS.map(async (split) => writeBatch(join(folder, `${split}.h5`), await referenceColumns(split, 10))),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a job as a worker process does: input checked, output through a structured clone, output checked. */
async function run(
  name: 'patch-list' | 'patch-newest' | 'patch-thumbnails' | 'patch-detail' | 'patch-geotiff',
  input: unknown,
): Promise<unknown> {
  const runner = JOB_RUNNERS[name] as (input: unknown, context: unknown) => Promise<unknown>
  const output = structuredClone(await runner(JOBS[name].input.parse(input), quietContext()))
  expect(JOBS[name].output.parse(output)).toEqual(output)
  return output
}

describe('the jobs behind the patches', () => {
  it('list, show and describe the samples of two splits', async () => {
    const page = (await run('patch-list', { files, order: 'agbd', descending: true })) as {
      total: number
      samples: { file: string; row: number; shotNumber: string }[]
    }
    expect(page.total).toBe(20)
    const [{ file, row, shotNumber }] = page.samples
    expect(await run('patch-detail', { file, row })).toMatchObject({ file, row, shotNumber })
    expect(await run('patch-geotiff', { file, row, layers: 'bands' })).toMatchObject({
      name: `shot_${shotNumber}_bands.tif`,
      bytes: expect.any(Uint8Array) as Uint8Array,
    })
    const request = { file, rows: [row], preset: 'infrared', stretch: 'patch' }
    expect(await run('patch-thumbnails', request)).toMatchObject({
      images: [expect.any(Uint8Array)],
      faults: [],
    })
    expect(await run('patch-newest', { files, limit: 12 })).toMatchObject({ samples: { length: 12 } })
  })

  it.each([
    ['patch-list', { files: 'one.h5' }],
    ['patch-list', { files: [], order: 'colour' }],
    ['patch-list', { files: [], limit: 1_000_000 }],
    ['patch-detail', { file: 'one.h5', row: -1 }],
    ['patch-detail', { file: 'one.h5', row: 0.5 }],
    ['patch-thumbnails', { file: 'one.h5', rows: [0], preset: 'sepia', stretch: 'fixed' }],
    ['patch-thumbnails', { file: 'one.h5', rows: new Array(501).fill(0), preset: 'scl', stretch: 'fixed' }],
    ['patch-newest', { files: [], limit: 0 }],
    ['patch-geotiff', { file: 'one.h5', row: 0, layers: 'shadows' }],
  ] as const)('refuse what they were not made for (%s %j)', (name, input) => {
    expect(JOBS[name].input.safeParse(input).success).toBe(false)
  })
})
