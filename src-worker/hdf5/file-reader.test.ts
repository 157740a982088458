import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs, {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { optionalTool, PYTHON, realFile, REFERENCE_DIR, SAMPLE_DIR } from '../../e2e/tools'
import { isNumericType } from './element-type'
import { openHdf5, withHdf5, type Hdf5Reader } from './file-reader'
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

/** Paths of all datasets of a file. */
function datasets(file: Hdf5Reader, group = ''): string[] {
  return file.names(group === '' ? '/' : group).flatMap((name) => {
    const path = group === '' ? name : `${group}/${name}`
    return file.hasDataset(path) ? [path] : datasets(file, path)
  })
}

/** Digest of every dataset's bytes or texts, by path. */
function digests(file: Hdf5Reader): Record<string, string> {
  return Object.fromEntries(
    datasets(file)
      .filter((path) => file.elementType(path) !== 'other')
      .map((path) => [path, digest(file, path)]),
  )
}

function digest(file: Hdf5Reader, path: string): string {
  const hash = createHash('sha1').update(`${file.elementType(path)} ${file.shape(path).join()} `)
  if (isNumericType(file.elementType(path))) return hash.update(file.read(path)).digest('hex')
  return hash.update(file.readStrings(path).join('\\0')).digest('hex')
}

const H5PY_DIGESTS = `
import h5py, hashlib, json, sys, numpy as np
out = {}
def walk(g, p):
    for k in g:
        o = g[k]; q = p + k
        if isinstance(o, h5py.Group): walk(o, q + '/'); continue
        text = h5py.check_string_dtype(o.dtype)
        if o.dtype.kind not in 'iuf' and text is None: continue
        v = o[()]
        kind = 'string' if text is not None else o.dtype.newbyteorder('<').name
        h = hashlib.sha1(('%s %s ' % (kind, ','.join(map(str, o.shape)))).encode())
        if text is None: h.update(np.ascontiguousarray(v, o.dtype.newbyteorder('<')).tobytes())
        else: h.update(b'\\\\0'.join(np.asarray(v, object).ravel().tolist()))
        out[q] = h.hexdigest()
walk(h5py.File(sys.argv[1]), '')
print(json.dumps(out))`

function h5pyDigests(path: string): unknown {
  return JSON.parse(execFileSync(PYTHON, ['-c', H5PY_DIGESTS, path], { encoding: 'utf8' }))
}

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

describe('what cannot be read', () => {
  it('a dataset that is missing, a group, numbers as text, a closed file', async () => {
    const file = await openHdf5(EXPECTED)
    const fault = (message: string): Error =>
      expect.objectContaining({
        tag: 'hdf5-read',
        file: EXPECTED,
        message: expect.stringContaining(message) as unknown,
      }) as Error
    expect(() => file.read('train/nothing')).toThrow(fault('"train/nothing" is missing'))
    expect(() => file.read('nowhere/at/all')).toThrow(fault('is missing'))
    expect(() => file.read('train')).toThrow(fault('"train" is a group, not a dataset'))
    expect(() => file.names('train/s2')).toThrow(fault('is not a group'))
    expect(() => file.names('nowhere')).toThrow(fault('is not a group'))
    expect(() => file.readStrings('train/s2')).toThrow(fault('holds no text'))
    expect(() => file.read('train/crs')).toThrow(fault('holds no numbers'))
    expect([file.has('train'), file.has('train/s2'), file.has('x'), file.hasDataset('train')]).toEqual([
      true,
      true,
      false,
      false,
    ])
    file.close()
    file.close()
    expect(() => file.read('train/s2')).toThrow(fault('closed'))
  })

  const damaged = (name: string, content: Uint8Array | string): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }

  it.each([
    ['missing', () => join(folder, 'missing.h5'), 'does not exist'],
    ['empty', () => damaged('empty.h5', ''), 'is empty'],
    ['no HDF5', () => damaged('text.h5', 'agbd;agbd_se\n1;2\n'.repeat(100)), 'is no HDF5 file'],
    ['a folder', () => (mkdirSync(join(folder, 'sub')), join(folder, 'sub')), 'is a folder'],
    [
      'shorter than its superblock',
      () => damaged('short.h5', readFileSync(GRANULE).subarray(0, 50)),
      'damaged',
    ],
  ])('a file that is %s', async (_, make, message) => {
    const path = make()
    await expect(openHdf5(path)).rejects.toMatchObject({
      tag: 'hdf5-open',
      file: path,
      message: expect.stringContaining(message) as unknown,
    })
  })

  it.each([0.01, 0.1, 0.5, 0.9, 0.999])('a file of which only %d is there', async (share) => {
    const path = join(folder, 'cut.h5')
    copyFileSync(GRANULE, path)
    const size = readFileSync(path).length
    truncateSync(path, Math.floor(size * share))
    await expect(openHdf5(path)).rejects.toMatchObject({
      tag: 'hdf5-open',
      message: `The file is truncated: it has ${Math.floor(size * share)} of ${size} bytes.`,
    })
  })

  it('flipped bytes give the right data, other data only where nothing guards them, or an error; never a crash', async () => {
    const sound = readFileSync(EXPECTED)
    const path = join(folder, 'flipped.h5')
    const before = await withHdf5(EXPECTED, digests)
    const outcomes = { same: 0, different: 0, refused: 0 }
    for (let k = 0; k < 150; k++) {
      const bytes = Buffer.from(sound)
      const at = Math.floor((sound.length * (k + 0.5)) / 150)
      for (let i = 0; i < 8 && at + i < bytes.length; i++) bytes[at + i] ^= 0x5a
      writeFileSync(path, bytes)
      const outcome = await withHdf5(path, digests).catch((error: unknown) => {
        expect(error).toMatchObject({
          file: path,
          tag: expect.stringMatching(/^hdf5-(open|read)$/) as unknown,
        })
        return null
      })
      if (outcome === null) outcomes.refused++
      else if (JSON.stringify(outcome) === JSON.stringify(before)) outcomes.same++
      else outcomes.different++
    }
    // Nearly all bytes of this file are gzip chunks, which carry checksums.
    expect(outcomes.refused).toBeGreaterThan(120)
    expect(outcomes.different).toBeLessThan(10)
  })

  it('nothing is printed on the terminal, and the error carries what libhdf5 said', async () => {
    const print = vi.spyOn(fs, 'writeSync')
    await expect(openHdf5(join(folder, 'missing.h5'))).rejects.toThrow()
    const path = damaged('cause.h5', readFileSync(GRANULE).fill(0x77, 2000, 200_000))
    const error: unknown = await withHdf5(path, digests).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ tag: expect.stringMatching(/^hdf5-/) as unknown })
    expect(String((error as Error).cause)).toContain('HDF5-DIAG')
    expect(print.mock.calls.filter(([descriptor]) => descriptor <= 2)).toEqual([])
  })
})
