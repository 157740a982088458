import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { optionalTool, PYTHON, realFile, REFERENCE_DIR, SAMPLE_DIR } from '../../e2e/tools'
import { digests, h5pyDigests } from './digest-fixtures'
import { withHdf5 } from './file-reader'
import { NativeReader } from './native-reader'

const EXPECTED = join(REFERENCE_DIR, 'sample-expected.h5')
const GRANULE = join(SAMPLE_DIR, 'gedi/GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5')
const REAL = realFile('gedi/GEDI04_A_2021150031254_O13948_03_T06447_02_002_01_V002.h5')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-reader-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.restoreAllMocks())

describe('reading files that other software wrote', () => {
  it('reads the reference results of the sample', async () => {
    await withHdf5(EXPECTED, (file) => {
      expect(file.names('/')).toEqual(['test', 'train'])
      expect(file.shape('train/s2')).toEqual([47, 12, 32, 32])
      expect(file.elementType('train/s2')).toBe('uint16')
      expect(file.elementType('train/shot')).toBe('int64')
      expect(file.elementType('train/crs')).toBe('string')
      expect(new Set(file.readStrings('train/crs'))).toEqual(new Set(['EPSG:32632']))
      expect(file.readStrings('test/wcname', { start: [89], count: [1] })).toHaveLength(1)
      expect(file.read('train/agbd')).toHaveLength(47 * 1024)
    })
  })

  it.skipIf(REAL === null)('counts the footprints of a real granule that pass the filters', async () => {
    await withHdf5(REAL ?? '', (file) => {
      let passing = 0
      for (const beam of file.names('/').filter((name) => name.startsWith('BEAM'))) {
        const column = (name: string) => file.read(`${beam}/${name}`)
        const flags = ['l2_quality_flag', 'l4_quality_flag', 'surface_flag'].map(column)
        const [agbd, error] = [column('agbd'), column('agbd_se')]
        agbd.forEach((value, i) => {
          const sound = flags.every((flag) => flag[i] === 1)
          if (sound && Number(value) > 0 && Number(error[i]) / Number(value) < 0.5) passing++
        })
      }
      expect(passing).toBe(708)
      expect(file.elementType('ANCILLARY/model_data')).toBe('other')
      expect(() => file.read('ANCILLARY/model_data')).toThrow('holds no numbers')
    })
  })

  describe.skipIf(!optionalTool('h5py'))('as h5py reads them', () => {
    it.each([
      ['reference results', EXPECTED],
      ['granule of the sample', GRANULE],
    ])('every dataset of the %s', async (_, path) => {
      expect(await withHdf5(path, digests)).toEqual(h5pyDigests(path))
      vi.spyOn(NativeReader.prototype, 'read').mockReturnValue(false)
      expect(await withHdf5(path, digests)).toEqual(h5pyDigests(path))
    })

    it.skipIf(REAL === null)('every dataset of a real granule', async () => {
      const path = REAL ?? ''
      expect(await withHdf5(path, digests)).toEqual(h5pyDigests(path))
    })

    it('every kind of layout, filter, byte order and text', async () => {
      const path = join(folder, 'kinds.h5')
      const script = `
import h5py, numpy as np, sys
r = np.random.default_rng(1)
for libver, path in (('earliest', sys.argv[1]), ('latest', sys.argv[1] + '.latest')):
    with h5py.File(path, 'w', libver=libver) as f:
        for t in ['u1', 'i1', '<u2', '>u2', '<i2', '<u4', '>i4', '<u8', '>u8', '<i8', '<f4', '>f4', '<f8', '>f8']:
            v = (r.random((53, 7)) * 100 - (50 if t[-2] != 'u' else 0)).astype(t)
            n = t.replace('<', 'le-').replace('>', 'be-')
            f[n] = v
            f.create_dataset(n + '-gzip', data=v, chunks=(10, 7), compression='gzip', shuffle=True)
            f.create_dataset(n + '-tiles', data=v, chunks=(10, 3), compression='gzip')
            f.create_dataset(n + '-sums', data=v, chunks=(10, 7), fletcher32=True)
            f.create_dataset(n + '-plain', data=v, chunks=(10, 7))
            f.create_dataset(n + '-shuffle', data=v, chunks=(60, 7), maxshape=(None, 7), shuffle=True)
            f[n + '-scalar'] = v[0, 0]
        sparse = f.create_dataset('sparse', (100, 4), 'f4', chunks=(10, 4), compression='gzip', fillvalue=-9999)
        sparse[33:35] = 1
        f.create_dataset('many', data=np.arange(9000), chunks=(10,), compression='gzip')
        f.create_dataset('noise', data=r.integers(0, 255, 5000, dtype='u1'), chunks=(1000,), compression='gzip')
        f['utf8'] = ['Zürich', '', 'x' * 300]
        f['one'] = 'a single text'
        f['fixed'] = np.array([[b'ab', b'abcd'], [b'', b'a']], 'S4')
        f.create_dataset('fixed-gzip', data=np.array([b'a%d' % i for i in range(500)], 'S9'), chunks=(64,), compression='gzip', shuffle=True)
        f['grid'] = f['utf8'][:].reshape(3, 1)
        f['empty'] = np.zeros((0, 3))
        f['a/b/c'] = np.arange(3)
`
      execFileSync(PYTHON, ['-c', script, path])
      for (const file of [path, `${path}.latest`]) {
        expect(await withHdf5(file, digests)).toEqual(h5pyDigests(file))
      }
    })

    it('attributes of every kind', async () => {
      const path = join(folder, 'attributes.h5')
      const script = `
import h5py, numpy as np, sys
with h5py.File(sys.argv[1], 'w') as f:
    d = f.create_dataset('d', data=[1])
    for o in (f, d):
        o.attrs['text'] = 'Mg/ha'; o.attrs['list'] = ['a', 'bc']; o.attrs['fixed'] = np.bytes_('xyz')
        o.attrs['big'] = np.uint64(2**64 - 1); o.attrs['float'] = np.float32(-9999); o.attrs['array'] = np.arange(3, dtype='>i4')
        o.attrs['null'] = h5py.Empty('f4'); o.attrs['fixed-list'] = np.array([b'p', b'qr']); o.attrs['truth'] = True
`
      execFileSync(PYTHON, ['-c', script, path])
      await withHdf5(path, (file) => {
        for (const object of ['/', 'd']) {
          expect(file.attribute(object, 'text')).toBe('Mg/ha')
          expect(file.attribute(object, 'list')).toEqual(['a', 'bc'])
          expect(file.attribute(object, 'fixed')).toBe('xyz')
          expect(file.attribute(object, 'fixed-list')).toEqual(['p', 'qr'])
          expect(file.attribute(object, 'big')).toBe(2n ** 64n - 1n)
          expect(file.attribute(object, 'float')).toBe(-9999)
          expect(file.attribute(object, 'array')).toEqual(new Int32Array([0, 1, 2]))
          expect(file.attribute(object, 'null')).toBeNull()
          expect(file.attribute(object, 'absent')).toBeUndefined()
          expect(() => file.attribute(object, 'truth')).toThrow('neither number nor text')
        }
      })
    })
  })
})

describe('reading a range', () => {
  it.each([true, false])('gives that part of the whole (around libhdf5: %s)', async (native) => {
    if (!native) vi.spyOn(NativeReader.prototype, 'read').mockReturnValue(false)
    await withHdf5(GRANULE, (file) => {
      const path = 'BEAM0101/shot_number'
      const whole = file.read(path)
      const bound = fc.nat(whole.length)
      fc.assert(
        fc.property(bound, bound, (a, b) => {
          const [start, end] = [Math.min(a, b), Math.max(a, b)]
          expect(file.read(path, { start: [start], count: [end - start] })).toEqual(whole.slice(start, end))
        }),
      )
    })
  })

  it('reads a part of all axes', async () => {
    await withHdf5(EXPECTED, (file) => {
      const whole = file.read('train/dem')
      const part = file.read('train/dem', { start: [5, 1, 30, 2], count: [2, 1, 2, 3] })
      const at = (n: number, layer: number, row: number, column: number) =>
        whole[((n * 2 + layer) * 32 + row) * 32 + column]
      expect([...part]).toEqual(
        [5, 6].flatMap((n) => [30, 31].flatMap((row) => [2, 3, 4].map((column) => at(n, 1, row, column)))),
      )
    })
  })

  it.each([
    ['beyond the end', { start: [40, 0], count: [8, 9] }],
    ['of too few dimensions', { start: [0], count: [1] }],
    ['before the start', { start: [-1, 0], count: [1, 9] }],
  ])('refuses one %s', async (_, range) => {
    await withHdf5(EXPECTED, (file) => {
      expect(() => file.read('train/tr', range)).toThrow(expect.objectContaining({ tag: 'hdf5-read' }))
    })
  })
})
