import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import { decompressLzf } from './lzf'

const H5PY = `
import h5py, json, sys, numpy as np
f = h5py.File('memory', 'w', driver='core', backing_store=False)
r = np.random.default_rng(1)
cases = [np.zeros(9000, 'u1'), np.arange(4000) % 7, np.repeat(r.integers(0, 255, 300), 40), np.tile(r.integers(0, 255, 8100), 3)]
out = []
for k, v in enumerate(cases):
    v = v.astype('u1')
    d = f.create_dataset(str(k), data=v, chunks=v.shape, compression='lzf')
    mask, stored = d.id.read_direct_chunk((0,))
    assert mask == 0
    out.append([stored.hex(), v.tobytes().hex()])
print(json.dumps(out))
`

describe('LZF', () => {
  it.skipIf(!optionalTool('h5py'))(
    'gives back what h5py compressed: runs, far and overlapping copies',
    () => {
      const cases = JSON.parse(execFileSync(PYTHON, ['-c', H5PY], { encoding: 'utf8' })) as [string, string][]
      for (const [stored, plain] of cases) {
        const bytes = decompressLzf(Buffer.from(stored, 'hex'), plain.length / 2)
        expect(Buffer.from(bytes).toString('hex') === plain).toBe(true)
      }
    },
  )

  it('is damaged where literals or copies run out of the chunk', () => {
    expect([...decompressLzf(Uint8Array.of(1, 7, 8, 0x20, 1), 5)]).toEqual([7, 8, 7, 8, 7])
    for (const input of [
      [3, 7],
      [0x20, 0],
      [0, 7, 0x20, 1],
      [0, 7, 0x20],
      [0, 7],
      [4, 1, 2, 3, 4, 5, 6],
    ])
      expect(() => decompressLzf(Uint8Array.from(input), 5)).toThrow()
  })
})
