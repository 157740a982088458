import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import { digests, h5pyDigests } from './digest-fixtures'
import { openHdf5, withHdf5 } from './file-reader'

/** Arguments: file, lowest version of the format. Every kind of chunk index that filtered chunks can have. */
const SCRIPT = `
import h5py, numpy as np, sys
path, libver = sys.argv[1:3]
r = np.random.default_rng(3)
with h5py.File(path, 'w', libver=libver) as f:
    g = f.create_group('data')
    def put(name, v, maxshape=None, **options):
        return g.create_dataset(name, data=v, maxshape=maxshape, compression='lzf', **options)
    def some(*shape):
        return r.integers(0, 5, shape).astype('u2')
    put('single', some(9, 7), chunks=(9, 7), shuffle=True)
    put('fixed', some(53, 7), chunks=(10, 7), shuffle=True)
    put('fixed, tiles', some(53, 12, 9), chunks=(10, 5, 4))
    put('fixed, may grow', some(53, 12), chunks=(10, 5), maxshape=(100, 40))
    put('fixed, pages', some(5000), chunks=(2,))
    put('growing, few', some(5, 6), chunks=(2, 6), maxshape=(None, 6))
    put('growing', some(300, 6), chunks=(2, 6), maxshape=(None, 6), shuffle=True)
    put('growing, tiles', some(400, 11), chunks=(2, 4), maxshape=(None, 23))
    put('growing, many', some(30000), chunks=(1,), maxshape=(None,))
    put('both', some(40, 30), chunks=(7, 4), maxshape=(None, None))
    put('both, many', some(900, 20), chunks=(1, 2), maxshape=(None, None))
    put('noise', r.integers(0, 2**32, (60, 50), dtype='u4'), chunks=(7, 50))
    put('text', np.array([b'a%d' % (i % 40) for i in range(500)], 'S9'), chunks=(64,))
    words = np.array([['Zürich', '', 'a' * 300]] * 40, object)
    put('words', words, dtype=h5py.string_dtype(), chunks=(7, 2))
    put('words, shuffled', words, dtype=h5py.string_dtype(), chunks=(7, 3), shuffle=True)
    put('floats', (r.random((30, 2, 32, 32)) * 8).round(1).astype('f4'), chunks=(1, 2, 32, 32), shuffle=True)
    for name, shape, maxshape in (('sparse', (8000, 3), None), ('sparse, growing', (600000, 3), (None, 3))):
        d = g.create_dataset(name, shape, 'i8', chunks=(2, 3), maxshape=maxshape, compression='lzf')
        d[shape[0] // 2 + 1] = 7
        d[-1] = 8
    shrunk = put('shrunk', some(300, 6), chunks=(2, 6), maxshape=(None, 6))
    shrunk.resize((33, 6))
    g.create_dataset('nothing', (20, 3), 'f4', chunks=(2, 3), compression='lzf')
    few = f.create_group('few')
    few.create_dataset('a', data=some(50), chunks=(9,), compression='lzf')
    many = f.create_group('a/b')
    for i in range(1200):
        many.create_dataset('dataset with a long name %d' % i, data=np.full(9, i), chunks=(4,), compression='lzf')
`

describe.skipIf(!optionalTool('h5py'))('LZF in files of every format', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'latest-lzf-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(['latest', 'v108', 'v110', 'earliest'])(
    'is read as h5py reads it, whatever indexes the chunks: %s',
    async (libver) => {
      const path = join(folder, `${libver}.h5`)
      execFileSync(PYTHON, ['-c', SCRIPT, path, libver])
      expect(await withHdf5(path, digests)).toEqual(h5pyDigests(path))
    },
    120_000,
  )

  it('is read in parts', async () => {
    const path = join(folder, 'latest.h5')
    const file = await openHdf5(path)
    const whole = file.read('data/growing, many')
    for (const [start, count] of [
      [0, 1],
      [4, 300],
      [29_990, 10],
    ])
      expect(file.read('data/growing, many', { start: [start], count: [count] })).toEqual(
        whole.slice(start, start + count),
      )
    file.close()
  })

  it('is refused with a way on where it is not read here', async () => {
    const path = join(folder, 'sums.h5')
    const script = `
import h5py, numpy as np, sys
with h5py.File(sys.argv[1], 'w', libver='latest') as f:
    f.create_dataset('sums', data=np.arange(90), chunks=(9,), compression='lzf', fletcher32=True)
`
    execFileSync(PYTHON, ['-c', script, path])
    await withHdf5(path, (file) => {
      const read = (): unknown => file.read('sums')
      expect(read).toThrow('"sums" is compressed by LZF in a way that only h5py reads.')
      expect(read).toThrow(expect.objectContaining({ hint: expect.stringContaining('h5repack') as unknown }))
    })
  })

  it('is said to be damaged where an index is, and never takes long', async () => {
    const path = join(folder, 'latest.h5')
    const bytes = readFileSync(path)
    for (const mark of ['FAHD', 'FADB', 'EAHD', 'EAIB', 'EADB', 'EASB', 'BTHD', 'BTIN', 'BTLF']) {
      const damaged = join(folder, `${mark}.h5`)
      const copy = Buffer.from(bytes)
      let at = -1
      while ((at = copy.indexOf(mark, at + 1)) >= 0) copy.fill(0xab, at, at + 12)
      writeFileSync(damaged, copy)
      const faults: string[] = []
      const read = async (): Promise<void> => {
        const file = await openHdf5(damaged)
        for (const name of file.names('data')) {
          try {
            file.read(`data/${name}`)
          } catch (error) {
            faults.push(`${name}: ${error instanceof Error ? error.constructor.name : ''}`)
          }
        }
        file.close()
      }
      await read().catch((error: unknown) => faults.push(String(error)))
      expect([mark, faults.length > 0]).toEqual([mark, true])
      expect(faults.every((fault) => !/RangeError|TypeError/.test(fault))).toBe(true)
    }
  })
})
