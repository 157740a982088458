import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import { BAND_NAMES } from '../../src-shared/dataset/bands'
import { DATASETS, type DatasetName } from '../../src-shared/dataset/datasets'
import { withHdf5 } from './file-reader'
import { loadHdf5 } from './library'
import { madeSamples } from './sample-fixtures'
import type { SampleColumns } from './sample-columns'
import { createSamplesFile, datasetPath } from './samples-file'

/** Of hdf5-tools. */
const H5DUMP = 'h5dump'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'samples-file-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const attributes = { software: 'test 1.0', seed: 42, fraction: 0.25, sources: ['a', 'b'], note: 'Zürich' }
const options = { compression: 1, slopeUnit: 'percent', attributes } as const

async function write(name: string, portions: readonly SampleColumns[], compression = 1): Promise<string> {
  const path = join(folder, name)
  const file = await createSamplesFile(path, { ...options, compression })
  for (const portion of portions) file.append(portion)
  await file.close()
  return path
}

function portions(sizes: readonly number[]): SampleColumns[] {
  let first = 0
  return sizes.map((size) => {
    first += size
    return madeSamples(size, first - size)
  })
}

function python(script: string, ...args: string[]): unknown {
  const prelude = 'import h5py, json, sys, numpy as np\n'
  return JSON.parse(execFileSync(PYTHON, ['-c', prelude + script, ...args], { encoding: 'utf8' }))
}

describe('a samples file', () => {
  it.each([0, 1, 9])('gives back what was written, at compression %i', async (compression) => {
    const samples = madeSamples(37)
    const path = await write(`round-${compression}.h5`, [samples], compression)
    await withHdf5(path, (file) => {
      for (const spec of DATASETS) {
        const bytes = new Uint8Array(samples.bytes(spec.name).length)
        file.readInto(datasetPath(spec.name), bytes)
        expect(Buffer.compare(bytes, samples.bytes(spec.name)), spec.name).toBe(0)
        expect(file.shape(datasetPath(spec.name))).toEqual([37, ...spec.shape])
        expect(file.chunks(datasetPath(spec.name))).toEqual([spec.chunkSamples, ...spec.shape])
        expect(file.filters(datasetPath(spec.name)).map((filter) => filter.name)).toEqual(
          compression === 0 ? [] : ['shuffle', 'deflate'],
        )
      }
    })
  })

  it('keeps the attributes of the datasets and of the root', async () => {
    const path = await write('attributes.h5', [madeSamples(1)])
    await withHdf5(path, (file) => {
      expect(file.attribute('/', 'software')).toBe('test 1.0')
      expect(file.attribute('/', 'seed')).toBe(42n)
      expect(file.attribute('/', 'fraction')).toBe(0.25)
      expect(file.attribute('/', 'sources')).toEqual(['a', 'b'])
      expect(file.attribute('/', 'note')).toBe('Zürich')
      expect(file.attribute('/', 'absent')).toBeUndefined()
      expect(file.attribute('data/Sentinel-2 L2A', 'bands')).toEqual(BAND_NAMES)
      expect(file.attribute('data/AGBD Raster', 'nodata')).toBe(-9999n)
    })
  })

  it.each(['percent', 'degrees'] as const)(
    'names the unit of each terrain band: slope in %s',
    async (unit) => {
      const path = join(folder, `${unit}.h5`)
      await (await createSamplesFile(path, { ...options, slopeUnit: unit })).close()
      await withHdf5(path, (file) => {
        expect(file.attribute('data/CopDEM', 'bands')).toEqual(['altitude', 'slope'])
        expect(file.attribute('data/CopDEM', 'band_units')).toEqual(['m', unit])
        expect(file.attribute('data/CopDEM', 'units')).toBe(`m (slope: ${unit})`)
      })
    },
  )

  it('has the same bytes for the same samples, whatever the time and the portions', async () => {
    const first = readFileSync(await write('same-1.h5', portions([1203])))
    await new Promise((resolve) => setTimeout(resolve, 1100)) // HDF5 notes times in seconds
    const second = readFileSync(await write('same-2.h5', portions([1, 700, 0, 299, 203])))
    expect(first.equals(second)).toBe(true)
  })

  it('is valid without samples', async () => {
    const path = await write('none.h5', [])
    await withHdf5(path, (file) => {
      for (const spec of DATASETS) expect(file.shape(datasetPath(spec.name))).toEqual([0, ...spec.shape])
      expect(file.read('data/CopDEM')).toEqual(new Float32Array(0))
      expect(file.readStrings('data/CRS')).toEqual([])
    })
  })

  it('appears under its name only when it is complete, and leaves nothing when it is given up', async () => {
    const path = join(folder, 'late.h5')
    const file = await createSamplesFile(path, options)
    file.append(madeSamples(3))
    expect(file.count).toBe(3)
    expect(existsSync(path)).toBe(false)
    file.discard()
    expect(readdirSync(folder).filter((name) => name.startsWith('late'))).toEqual([])
  })

  it('says that its folder is missing', async () => {
    const path = join(folder, 'absent', 'x.h5')
    await expect(createSamplesFile(path, options)).rejects.toMatchObject({
      tag: 'hdf5-write',
      message: expect.stringContaining('ENOENT') as unknown,
    })
  })

  it('replaces a part that a killed run has left', async () => {
    const path = join(folder, 'left.h5')
    writeFileSync(`${path}.part`, 'rubbish')
    await write('left.h5', [madeSamples(2)])
    expect(existsSync(`${path}.part`)).toBe(false)
    await withHdf5(path, (file) => expect(file.shape('data/CRS')).toEqual([2, 1]))
  })
})

describe('a samples file on a full disk', () => {
  let restore: () => void
  afterEach(() => restore())

  /** Makes writes of libhdf5 fail with ENOSPC once a file has grown to `limit` bytes. */
  async function limitDisk(limit: number): Promise<void> {
    const { module } = await loadHdf5()
    const files = module.FS as unknown as {
      write: (
        stream: { fd: number },
        buffer: Uint8Array,
        offset: number,
        length: number,
        at?: number,
      ) => number
      ErrnoError: new (errno: number) => Error
    }
    const write = files.write
    files.write = (stream, buffer, offset, length, at) => {
      if (stream.fd > 2 && (at ?? 0) + length > limit) throw new files.ErrnoError(51)
      return write(stream, buffer, offset, length, at)
    }
    restore = () => {
      files.write = write
    }
  }

  it.each([1000, 40_000, 500_000, 1_500_000])(
    'reports it after %i bytes and leaves nothing',
    async (limit) => {
      await limitDisk(limit)
      const path = join(folder, 'full.h5')
      const writing = (async () => {
        const file = await createSamplesFile(path, options)
        for (const portion of portions([500, 500, 500])) file.append(portion)
        await file.close()
      })()
      await expect(writing).rejects.toMatchObject({ tag: 'disk-full' })
      expect(readdirSync(folder).filter((name) => name.startsWith('full'))).toEqual([])
    },
  )

  it('can write again when there is room', async () => {
    await limitDisk(500_000)
    await expect(write('room.h5', [madeSamples(200)])).rejects.toMatchObject({ tag: 'disk-full' })
    restore()
    const path = await write('room.h5', [madeSamples(200)])
    await withHdf5(path, (file) => expect(file.shape('data/CRS')).toEqual([200, 1]))
  })
})

describe.skipIf(!optionalTool('h5py'))('a samples file in h5py', () => {
  it('holds the same numbers, texts and types', async () => {
    const samples = madeSamples(5)
    const path = await write('h5py.h5', [samples])
    const answer = python(
      `
f = h5py.File(sys.argv[1]); d = f['data']
print(json.dumps(dict(
  names=list(d), dtypes={k: str(d[k].dtype) for k in d}, shapes={k: list(d[k].shape) for k in d},
  sums={k: float(d[k][:].astype('f8').sum()) for k in ['Sentinel-2 L2A', 'WorldCover', 'CopDEM', 'AGBD Raster', 'Transforms', 'GEDI Lat Lon']},
  shots=[str(int(v)) for v in d['GEDI Shot Number'][:, 0]],
  crs=[v.decode() for v in d['CRS'][:, 0]], scl=[v.decode() for v in d['S2 SCL Stats'][0].ravel()],
  time=d['GEDI Delta Time'][4, 0].decode(), filters=[d[k].compression + str(d[k].shuffle) for k in d],
  units=d['AGBD Values'].attrs['units'], note=f.attrs['note'], seed=int(f.attrs['seed']), maxshape=[d[k].maxshape[0] for k in d])))`,
      path,
    )
    const sum = (name: DatasetName, values: ArrayLike<number>): [string, unknown] => [
      name,
      expect.closeTo(
        Array.from(values).reduce((total, value) => total + value, 0),
        1,
      ),
    ]
    const float32 = (name: DatasetName): Float32Array => new Float32Array(samples.bytes(name).slice().buffer)
    expect(answer).toMatchObject({
      names: DATASETS.map((spec) => spec.name).sort(),
      dtypes: Object.fromEntries(
        DATASETS.map((spec) => [
          spec.name,
          spec.type.kind === 'string' ? `|S${spec.type.length}` : spec.type.kind,
        ]),
      ),
      shapes: Object.fromEntries(DATASETS.map((spec) => [spec.name, [5, ...spec.shape]])),
      sums: Object.fromEntries([
        sum('Sentinel-2 L2A', new Uint16Array(samples.bytes('Sentinel-2 L2A').slice().buffer)),
        sum('WorldCover', samples.bytes('WorldCover')),
        ...(['CopDEM', 'AGBD Raster', 'Transforms', 'GEDI Lat Lon'] as const).map((name) =>
          sum(name, float32(name)),
        ),
      ]),
      shots: [0, 1, 2, 3, 4].map((i) => String(83_310_000_000_000_001n + BigInt(i))),
      crs: ['EPSG:32632', 'EPSG:32733', 'EPSG:32632', 'EPSG:32733', 'EPSG:32632'],
      scl: Array.from({ length: 24 }, (_, element) => samples.string('S2 SCL Stats', 0, element)),
      time: samples.string('GEDI Delta Time', 4),
      filters: DATASETS.map(() => 'gzipTrue'),
      units: 'Mg/ha',
      note: 'Zürich',
      seed: 42,
      maxshape: DATASETS.map(() => null),
    })
  })
})

describe.skipIf(!optionalTool('h5dump'))('a samples file in h5dump', () => {
  it('reads whole and has null-padded strings, and no times', async () => {
    const path = await write('h5dump.h5', [madeSamples(5)])
    const header = execFileSync(H5DUMP, ['-B', '-p', '-H', path], { encoding: 'utf8' })
    expect(header).toContain('SUPERBLOCK_VERSION 0')
    expect(header.match(/DATATYPE +H5T_STRING \{\s+STRSIZE \d+;\s+STRPAD H5T_STR_NULLPAD/g)).toHaveLength(8)
    expect(header).not.toContain('NULLTERM')
    const data = execFileSync(H5DUMP, ['-d', '/data/GEDI Shot Number', path], { encoding: 'utf8' })
    expect(data).toContain('(4,0): 83310000000000005')
    execFileSync(H5DUMP, ['-o', join(folder, 'all.txt'), path], { stdio: 'ignore' })
  })
})
