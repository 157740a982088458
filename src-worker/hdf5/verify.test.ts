import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON, REFERENCE_DIR } from '../../e2e/tools'
import { quietContext } from '../process/context'
import { chunkIndex, forEachChunk, type StoredChunk } from './chunk-index'
import { RawFile } from './raw-file'
import type { SampleColumns } from './sample-columns'
import { madeSamples } from './sample-fixtures'
import { createSamplesFile } from './samples-file'
import { verifyDataset } from './verify'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const COUNT = 6

async function write(name: string, columns: SampleColumns): Promise<string> {
  const path = join(folder, name)
  const file = await createSamplesFile(path, { compression: 1, slopeUnit: 'percent', attributes: {} })
  file.append(columns)
  await file.close()
  return path
}

function chunksOf(path: string, dataset: string): StoredChunk[] {
  const file = new RawFile(path)
  const chunks: StoredChunk[] = []
  try {
    forEachChunk(file, chunkIndex(file, dataset), 0, Infinity, (chunk) => chunks.push(chunk) > 0)
  } finally {
    file.close()
  }
  return chunks
}

describe('a dataset file without faults', () => {
  it.each([0, 1, 7, 260])('of %i samples has no problems', async (count) => {
    const path = await write(`sound-${count}.h5`, madeSamples(count))
    const progress: number[] = []
    const context = { ...quietContext(), progress: (done: number) => progress.push(done) }
    expect(await verifyDataset(path, context)).toEqual({ samples: count, problems: [] })
    expect(progress.at(-1) ?? 0).toBe(count)
  })

  it('can be left in the middle', async () => {
    const path = await write('left.h5', madeSamples(3))
    await expect(verifyDataset(path, quietContext(AbortSignal.abort()))).rejects.toMatchObject({
      tag: 'cancelled',
    })
  })
})

/** A fault put into sample `i`, and the beginnings of the lines that it must give, without the sample's number. */
type Plant = [string, (columns: SampleColumns, i: number) => void, [string, string][]]

const PLANTS: Plant[] = [
  [
    'an SCL class beyond 11',
    (columns, i) => (columns.uint16('Sentinel-2 L2A', i)[40] = 12),
    [
      ['Sentinel-2 L2A', 'SCL is 12 at row 1, column 8'],
      ['S2 SCL Stats', 'the fraction of '],
    ],
  ],
  [
    'SCL fractions that are not those of the band',
    (columns, i) => {
      columns.setString('S2 SCL Stats', i, 9, '0.5000')
      columns.setString('S2 SCL Stats', i, 11, '0.5000')
    },
    [
      ['S2 SCL Stats', 'the fraction of VEGETATION is 0.5000, in the SCL band it is 0.'],
      ['S2 SCL Stats', 'the fraction of NOT_VEGETATED is 0.5000, in the SCL band it is 0.'],
    ],
  ],
  [
    'SCL fractions that add up to more than one',
    (columns, i) => columns.setString('S2 SCL Stats', i, 1, '0.3000'),
    [
      ['S2 SCL Stats', 'the fraction of NO_DATA is 0.3000, in the SCL band it is 0.0000'],
      ['S2 SCL Stats', 'the fractions add up to 1.3'],
    ],
  ],
  [
    'a fraction that is no number',
    (columns, i) => columns.setString('S2 SCL Stats', i, 3, 'none'),
    [
      ['S2 SCL Stats', 'the fraction of SATURATED_OR_DEFECTIVE is "none"'],
      ['S2 SCL Stats', 'the fractions add up to NaN'],
    ],
  ],
  [
    'a wrong SCL label',
    (columns, i) => columns.setString('S2 SCL Stats', i, 22, 'SNOW'),
    [['S2 SCL Stats', 'class 11 is called "SNOW" instead of "SNOW or ICE"']],
  ],
  [
    'a land cover class that is not in the legend',
    (columns, i) => (columns.uint8('WorldCover', i)[1023] = 15),
    [['WorldCover', 'the class is 15 at row 31, column 31']],
  ],
  ...([-501, 9001, NaN, Infinity, -9999] as const).map((value): Plant => [
    `an altitude of ${value}`,
    (columns, i) => (columns.float32('CopDEM', i)[33] = value),
    [['CopDEM', `the altitude is ${value} m at row 1, column 1`]],
  ]),
  ...([-0.5, NaN, Infinity] as const).map((value): Plant => [
    `a slope of ${value}`,
    (columns, i) => (columns.float32('CopDEM', i)[1024 + 64] = value),
    [['CopDEM', `the slope is ${value} at row 2, column 0`]],
  ]),
  [
    'a biomass pixel that is neither empty nor the footprint',
    (columns, i) => (columns.float32('AGBD Raster', i)[0] = 0),
    [['AGBD Raster', 'the biomass is 0 at row 0, column 0, the footprint']],
  ],
  [
    'a biomass raster without a footprint in its centre',
    (columns, i) => {
      const raster = columns.float32('AGBD Raster', i).fill(-9999)
      raster[13 * 32 + 15] = columns.float32('AGBD Values', i)[0]
    },
    [['AGBD Raster', 'no pixel in the centre has the biomass']],
  ],
  [
    'a transform of another pixel size',
    (columns, i) => (columns.float32('Transforms', i)[0] = 20),
    [['Transforms', 'it is 20,0,']],
  ],
  [
    'a transform outside of every UTM zone',
    (columns, i) => (columns.float32('Transforms', i)[2] = NaN),
    [['Transforms', 'it is 10,0,NaN,0,-10,']],
  ],
  ...(['EPSG:4326', 'EPSG:32600', 'EPSG:32761', '', 'epsg:32632'] as const).map((crs): Plant => [
    `the CRS "${crs}"`,
    (columns, i) => columns.setString('CRS', i, 0, crs),
    [['CRS', `"${crs}" is no UTM zone`]],
  ]),
  [
    'a product without a name',
    (columns, i) => columns.setString('Sentinel-2 Product Name', i, 0, ''),
    [['Sentinel-2 Product Name', 'the name is empty']],
  ],
  [
    'a biomass of zero',
    (columns, i) => {
      columns.float32('AGBD Raster', i)[15 * 32 + 15] = 0
      columns.float32('AGBD Raster', i).fill(-9999, 16 * 32)
      columns.float32('AGBD Raster', i)[15 * 32 + 16] = 0
      columns.float32('AGBD Values', i)[0] = 0
    },
    [['AGBD Values', 'the biomass is 0 Mg/ha']],
  ],
  [
    'a standard error without a value',
    (columns, i) => (columns.float32('AGBD Standard Error', i)[0] = NaN),
    [['AGBD Standard Error', 'the standard error is NaN']],
  ],
  [
    'a negative shot number',
    (columns, i) => columns.setInt64('GEDI Shot Number', i, -5n),
    [['GEDI Shot Number', 'the shot number is -5']],
  ],
  [
    'a shot number that another sample has',
    (columns, i) => columns.setInt64('GEDI Shot Number', i, columns.int64('GEDI Shot Number', 0)),
    [['GEDI Shot Number', '83310000000000001 is also the shot number of sample 0']],
  ],
  ...(['2020-06-07', '2020-06-07T04:11:09', '2020-02-30T00:00:00Z', 'yesterday'] as const).map(
    (time): Plant => [
      `the time "${time}"`,
      (columns, i) => columns.setString('GEDI Acquisition Time', i, 0, time),
      [['GEDI Acquisition Time', `"${time}" is no time like`]],
    ],
  ),
  ...(['', '1.50', '7.6738269123456e7', 'x', '76738269.1234560001'] as const).map((text): Plant => [
    `the delta time "${text}"`,
    (columns, i) => columns.setString('GEDI Delta Time', i, 0, text),
    [['GEDI Delta Time', `"${text}" is not the shortest text`]],
  ]),
  [
    'a place that is not on Earth',
    (columns, i) => columns.float32('GEDI Lat Lon', i).set([90.5, NaN]),
    [
      ['GEDI Lat Lon', 'the latitude is 90.5'],
      ['GEDI Lat Lon', 'the longitude is NaN'],
    ],
  ],
]

describe('values that cannot be', () => {
  it.each(PLANTS)('%s is found, in the sample that has it', async (_, plant, expected) => {
    const columns = madeSamples(COUNT)
    plant(columns, 3)
    const { samples, problems } = await verifyDataset(await write('planted.h5', columns), quietContext())
    expect(samples).toBe(COUNT)
    expect(problems).toHaveLength(expected.length)
    for (const [dataset, text] of expected) {
      expect(problems).toContainEqual(expect.stringContaining(`${dataset}: sample 3: ${text}`))
    }
  })

  it('that occur often are counted, not listed', async () => {
    const columns = madeSamples(300)
    for (let i = 0; i < 300; i++) columns.setString('CRS', i, 0, 'EPSG:4326')
    const { problems } = await verifyDataset(await write('often.h5', columns), quietContext())
    expect(problems).toEqual([
      'CRS: sample 0: "EPSG:4326" is no UTM zone on WGS 84',
      'CRS: sample 1: "EPSG:4326" is no UTM zone on WGS 84',
      'CRS: sample 2: "EPSG:4326" is no UTM zone on WGS 84 (and 297 more like this)',
    ])
  })
})

describe('a damaged file', () => {
  it('is not opened when it is truncated', async () => {
    const path = await write('truncated.h5', madeSamples(3))
    writeFileSync(path, readFileSync(path).subarray(0, -1))
    await expect(verifyDataset(path, quietContext())).rejects.toMatchObject({ tag: 'hdf5-open' })
  })

  it('is told by the samples whose chunks cannot be read', async () => {
    const path = await write('chunk.h5', madeSamples(COUNT))
    const bytes = readFileSync(path)
    const chunks = chunksOf(path, 'data/CopDEM')
    for (const { at } of [chunks[1], chunks[4]]) bytes.fill(0xee, at + 100, at + 120)
    writeFileSync(path, bytes)
    const { samples, problems } = await verifyDataset(path, quietContext())
    expect(samples).toBe(COUNT)
    expect(problems).toEqual([
      'CopDEM: sample 1: cannot be read: "data/CopDEM" cannot be read; the file is damaged.',
      'CopDEM: sample 4: cannot be read: "data/CopDEM" cannot be read; the file is damaged.',
    ])
  })
})

describe('a file of another structure', () => {
  it('has no group data', async () => {
    const { problems } = await verifyDataset(join(REFERENCE_DIR, 'sample-expected.h5'), quietContext())
    expect(problems).toEqual(['the group "data" is missing'])
  })

  it.skipIf(!optionalTool('h5py'))('is described dataset by dataset', async () => {
    const path = await write('structure.h5', madeSamples(COUNT))
    const script = `
import h5py, numpy as np, sys
with h5py.File(sys.argv[1], 'r+') as f:
    d = f['data']
    del d['CRS']
    d['extra'] = [1]
    v = d['WorldCover'][:]; del d['WorldCover']; d['WorldCover'] = v.astype('u2')
    v = d['CopDEM'][:]; del d['CopDEM']; d['CopDEM'] = v[:, 0]
    v = d['AGBD Values'][:]; del d['AGBD Values']; d['AGBD Values'] = v[:5]
    v = d['GEDI Delta Time'].asstr()[:]; del d['GEDI Delta Time']; d.create_dataset('GEDI Delta Time', data=v, dtype=h5py.string_dtype())
    v = d['GEDI Product Name'][:]; del d['GEDI Product Name']; d['GEDI Product Name'] = v.astype('S60')
    del d['Transforms']; d.create_group('Transforms')
`
    execFileSync(PYTHON, ['-c', script, path])
    const { samples, problems } = await verifyDataset(path, quietContext())
    expect(samples).toBe(COUNT)
    expect(problems).toEqual([
      'WorldCover: holds uint16 instead of uint8',
      'CopDEM: has the shape N,32,32 instead of N,2,32,32',
      'Transforms: "data/Transforms" is a group, not a dataset.',
      'CRS: is missing',
      'GEDI Delta Time: has strings of variable length instead of fixed length',
      'extra: is not part of a dataset file',
      'AGBD Values: has 5 samples, others have 6',
    ])
  })
})
