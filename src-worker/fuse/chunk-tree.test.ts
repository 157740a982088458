import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import { chooseDatasets } from '../hdf5/dataset-choice'
import { withHdf5 } from '../hdf5/file-reader'
import { FusedFile } from './fused-file'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tree-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const choice = chooseDatasets((name) => name === 'WorldCover')
const options = { compression: 0, slopeUnit: 'percent', attributes: {}, choice } as const

/** A file of one layer whose sample i is filled with i modulo 251. */
async function layerOf(count: number): Promise<string> {
  const path = join(folder, `${count}.h5`)
  const file = await FusedFile.create(path, options, count)
  for (let i = 0; i < count; i++) await file.append(Buffer.alloc(1024, i % 251), Uint32Array.of(1024), [])
  await file.finish()
  return path
}

const H5PY = `
import h5py, json, sys, numpy as np
d = h5py.File(sys.argv[1], "r+")["data/WorldCover"]
n = len(d); v = d[:]
d.resize(n + 1, axis=0); d[n] = 7
print(json.dumps([n, bool((v == (np.arange(n) % 251)[:, None, None, None]).all()), int(d[n].sum()), d.id.get_num_chunks()]))
`

describe('the chunk index of a fused file', () => {
  // A node holds 64 children: one leaf, one full leaf, two leaves, two levels to the brim, three levels.
  it.each([1, 64, 65, 4096, 4097])('of %i chunks is what h5py expects, also to append to', async (count) => {
    const path = await layerOf(count)
    await withHdf5(path, (file) => {
      const values = file.read('data/WorldCover', { start: [count - 1, 0, 0, 0], count: [1, 1, 32, 32] })
      expect(new Set(Array.from(values, Number))).toEqual(new Set([(count - 1) % 251]))
    })
    if (!optionalTool('h5py')) return
    const found: unknown = JSON.parse(execFileSync(PYTHON, ['-c', H5PY, path], { encoding: 'utf8' }))
    expect(found).toEqual([count, true, 7 * 1024, count + 1])
  })

  it('wants all of its chunks', async () => {
    const file = await FusedFile.create(join(folder, 'short.h5'), options, 2)
    await file.append(Buffer.alloc(1024), Uint32Array.of(1024), [])
    await expect(file.finish()).rejects.toThrow('1 of 2 chunks')
    await file.discard()
  })
})
