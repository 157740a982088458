import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REFERENCE_DIR } from '../../e2e/tools'
import {
  PATCH_ORDERS,
  patchListRequestSchema,
  patchPageSchema,
  type PatchListRequest,
  type PatchOrder,
  type PatchPage,
  type PatchSample,
} from '../../src-shared/patches/patch-list'
import { chunkIndex, forEachChunk } from '../hdf5/chunk-index'
import { RawFile } from '../hdf5/raw-file'
import { madeSamples } from '../hdf5/sample-fixtures'
import { quietContext, type JobContext } from '../process/context'
import { readPatchDetail } from './patch-detail'
import { PatchList } from './patch-list'
import { referenceColumns, writeBatch } from './patches-fixture'
import { SampleFiles } from './sample-files'

let folder: string
let list: PatchList
/** Three files of 7, 1203 and 90 samples, the second longer than a block. */
let batches: string[]
const files = new SampleFiles({ limit: 2, idle: 1000 })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'list-'))
  list = new PatchList(files)
  batches = [
    await writeBatch(join(folder, 'one.h5'), madeSamples(7)),
    await writeBatch(join(folder, 'two.h5'), madeSamples(1203, 1000)),
    await writeBatch(join(folder, 'three.h5'), await referenceColumns('test', 90)),
  ]
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const page = (
  request: Partial<PatchListRequest>,
  context: JobContext = quietContext(),
  of: PatchList = list,
): Promise<PatchPage> => of.page(patchListRequestSchema.parse({ files: batches, ...request }), context)

const all = (order: PatchOrder, descending = false): Promise<PatchPage> =>
  page({ order, descending, limit: 10_000 })

const places = (samples: readonly PatchSample[]): string[] =>
  samples.map(({ file, row }) => `${batches.indexOf(file)}:${row}`)

describe('a page of samples', () => {
  it('has what the files say of each sample', async () => {
    const { samples, total, faults, files: listed } = await all('file')
    expect([total, faults]).toEqual([1300, []])
    expect(listed.map(({ file, samples: count }) => [file, count])).toEqual(
      batches.map((file, k) => [file, [7, 1203, 90][k]]),
    )
    const expected = [7, 1203, 90].flatMap((count, k) =>
      Array.from({ length: count }, (_, row) => `${k}:${row}`),
    )
    expect(places(samples)).toEqual(expected)
    for (const sample of [0, 6, 7, 1006, 1007, 1209, 1210, 1299].map((k) => samples[k])) {
      const detail = await readPatchDetail(files, sample)
      const middle = (layer: readonly (number | null)[]): number =>
        [15 * 32 + 15, 15 * 32 + 16, 16 * 32 + 15, 16 * 32 + 16].reduce(
          (sum, k) => sum + (layer[k] ?? NaN),
          0,
        ) / 4
      expect(sample).toEqual({
        file: detail.file,
        row: detail.row,
        shotNumber: detail.shotNumber,
        agbd: detail.agbd,
        agbdSe: detail.agbdSe,
        lon: detail.lon,
        lat: detail.lat,
        acquisitionTime: detail.acquisitionTime,
        product: detail.product,
        sceneDate: detail.sceneTime?.slice(0, 10),
        cloudShare: expect.closeTo(
          [8, 9, 10].reduce((sum, value) => sum + (detail.sclShares[value].share ?? NaN), 0),
          10,
        ) as unknown,
        altitude: expect.closeTo(middle(detail.altitude), 3) as unknown,
        slope: expect.closeTo(middle(detail.slope), 3) as unknown,
        // Not measured yet.
        landCover: null,
        suspects: null,
      })
    }
    expect(samples.some(({ cloudShare }) => (cloudShare ?? 0) > 0)).toBe(true)
  })

  it.each(Object.keys(PATCH_ORDERS) as PatchOrder[])(
    'is the same part of the whole, wherever it begins (%s)',
    async (order) => {
      for (const descending of [false, true]) {
        const whole = (await all(order, descending)).samples
        expect(new Set(places(whole)).size).toBe(1300)
        const part = fc.record({
          offset: fc.integer({ min: 0, max: 1400 }),
          limit: fc.integer({ min: 1, max: 300 }),
        })
        await fc.assert(
          fc.asyncProperty(part, async ({ offset, limit }) => {
            const { samples, total } = await page({ order, descending, offset, limit })
            expect(total).toBe(1300)
            expect(samples).toEqual(whole.slice(offset, offset + limit))
          }),
          { numRuns: 8 },
        )
      }
    },
  )

  it.each([
    ['agbd', 'agbd'],
    ['agbdSe', 'agbdSe'],
    ['acquisitionTime', 'acquisitionTime'],
    ['sceneDate', 'sceneDate'],
    ['cloudShare', 'cloudShare'],
    ['altitude', 'altitude'],
    ['slope', 'slope'],
    ['lat', 'lat'],
    ['lon', 'lon'],
  ] as const)('is ordered by %s, equal ones as in the files', async (order, field) => {
    const natural = (await all('file')).samples
    for (const descending of [false, true]) {
      const { samples } = await all(order, descending)
      const sign = descending ? -1 : 1
      const expected = natural
        .map((sample, position) => ({ sample, position, key: sample[field] ?? '' }))
        .sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.position - b.position))
      expect(places(samples)).toEqual(places(expected.map(({ sample }) => sample)))
    }
  })

  it('has samples without a number last, in either direction', async () => {
    const columns = madeSamples(5)
    columns.float32('AGBD Values', 1)[0] = NaN
    columns.float32('GEDI Lat Lon', 3)[0] = NaN
    columns.float32('CopDEM', 2).fill(NaN)
    columns.setString('Sentinel-2 Product Name', 4, 0, 'another product')
    columns.setString('GEDI Acquisition Time', 0, 0, 'some day')
    columns.setString('S2 SCL Stats', 2, 17, 'none')
    const file = await writeBatch(join(folder, 'gaps.h5'), columns)
    const last = { agbd: 1, lat: 3, altitude: 2, slope: 2, sceneDate: 4, acquisitionTime: 0, cloudShare: 2 }
    for (const [order, row] of Object.entries(last)) {
      for (const descending of [false, true]) {
        const answer = await page({ files: [file], order: order as PatchOrder, descending })
        expect(answer.samples.at(-1)?.row, order).toBe(row)
        expect(patchPageSchema.parse(JSON.parse(JSON.stringify(answer)))).toEqual(answer)
      }
    }
  })

  it.each(Object.keys(PATCH_ORDERS) as PatchOrder[])('finds samples in its order (%s)', async (order) => {
    for (const descending of [false, true]) {
      const { samples } = await all(order, descending)
      const wanted = [0, 6, 7, 700, 1299].map((place) => ({ place, sample: samples[place] }))
      const find = [
        ...wanted.map(({ sample: { file, row } }) => ({ file, row })),
        { file: batches[0], row: 7 },
        { file: join(folder, 'absent.h5'), row: 0 },
      ]
      const { found } = await page({ order, descending, limit: 1, find })
      expect(found).toEqual([...wanted.map(({ place }) => place), null, null])
    }
  })

  it('is empty of no files, of files without samples, and beyond the end', async () => {
    const file = await writeBatch(join(folder, 'none.h5'), madeSamples(0))
    expect(await page({ files: [] })).toEqual({
      ...{ total: 0, of: 0, samples: [], found: [], files: [], faults: [] },
    })
    expect(await page({ files: [file], order: 'agbd' })).toMatchObject({ total: 0, samples: [], faults: [] })
    for (const order of ['file', 'agbd'] as const)
      expect(await page({ order, offset: 1300 })).toMatchObject({ total: 1300, samples: [] })
  })

  it('tells how far it is, and can be left', async () => {
    const progress: [number, number][] = []
    const fresh = new PatchList(files)
    const context = {
      ...quietContext(),
      progress: (done: number, total: number) => void progress.push([done, total]),
    }
    await page({ order: 'slope' }, context, fresh)
    expect(progress).toEqual([
      [7, 1300],
      [1007, 1300],
      [1210, 1300],
      [1300, 1300],
    ])
    const left = page({ order: 'lat' }, quietContext(AbortSignal.abort()), fresh)
    await expect(left).rejects.toMatchObject({ tag: 'cancelled' })
  })
})

describe('files that cannot be read', () => {
  it('are named, and the others listed', async () => {
    const text = join(folder, 'text.h5')
    writeFileSync(text, 'not HDF5')
    const [absent, foreign] = [join(folder, 'absent.h5'), join(REFERENCE_DIR, 'sample-expected.h5')]
    for (let turn = 0; turn < 2; turn++) {
      const answer = await page({ files: [absent, batches[0], foreign, text, batches[2]], limit: 9 })
      expect(answer).toMatchObject({ total: 97, files: [{ file: batches[0] }, { file: batches[2] }] })
      expect(answer.faults.map(({ file, tag }) => [file, tag]).sort()).toEqual(
        [
          [absent, 'hdf5-open'],
          [foreign, 'dataset-invalid'],
          [text, 'hdf5-open'],
        ].sort(),
      )
    }
  })

  it('are left out as a whole when the damage is found on the way, on all later pages too', async () => {
    const path = await writeBatch(join(folder, 'damaged.h5'), madeSamples(1010))
    const raw = new RawFile(path)
    const places: number[] = []
    forEachChunk(raw, chunkIndex(raw, 'data/AGBD Values'), 0, Infinity, ({ at }) => places.push(at) > 0)
    raw.close()
    writeFileSync(path, readFileSync(path).fill(0xee, places[1] + 20, places[1] + 60))
    const request = { files: [path, batches[0]], limit: 1000 }
    expect(await page(request)).toMatchObject({ total: 1017, faults: [] })
    for (const offset of [1000, 0]) {
      const answer = await page({ ...request, offset })
      expect(answer).toMatchObject({ total: 7, faults: [{ tag: 'hdf5-read', file: path }] })
      expect(answer.samples).toHaveLength(offset === 0 ? 7 : 0)
    }
    expect(await page({ ...request, order: 'agbd' })).toMatchObject({ total: 7 })
  })

  it.each([1, 2])('are listed again when they were away for a moment, at use %i', async (when) => {
    const path = await writeBatch(join(folder, 'away.h5'), madeSamples(3))
    let uses = 0
    class AwayOnce extends SampleFiles {
      override async use<T>(...request: Parameters<SampleFiles['use']>): Promise<T> {
        uses += 1
        if (uses !== when) return super.use(...request) as Promise<T>
        renameSync(path, `${path}.away`)
        try {
          return (await super.use(...request)) as T
        } finally {
          renameSync(`${path}.away`, path)
        }
      }
    }
    const own = new PatchList(new AwayOnce({ limit: 2, idle: 1000 }))
    const request = { files: [path], limit: 10 }
    const away = await page(request, quietContext(), own)
    expect(away.faults).toMatchObject([{ file: path, message: 'The file does not exist.' }])
    expect(away.total).toBe(0)
    const back = await page(request, quietContext(), own)
    expect(back.faults).toEqual([])
    expect(back.total).toBe(3)
  })

  it('are listed again when they were replaced', async () => {
    const path = join(folder, 'mended.h5')
    writeFileSync(path, '')
    expect(await page({ files: [path] })).toMatchObject({ total: 0, faults: [{ file: path }] })
    copyFileSync(batches[0], path)
    const before = await page({ files: [path], order: 'agbd' })
    expect(before).toMatchObject({ total: 7, faults: [] })
    renameSync(await writeBatch(join(folder, 'mended-again.h5'), madeSamples(4, 500)), path)
    const after = await page({ files: [path], order: 'agbd' })
    expect(after).toMatchObject({ total: 4, faults: [] })
    expect(after.files[0].version).not.toBe(before.files[0].version)
    expect(new Set(after.samples.map(({ shotNumber }) => shotNumber))).toEqual(
      new Set([501, 502, 503, 504].map((k) => `${83_310_000_000_000_000n + BigInt(k)}`)),
    )
  })
})

describe('the newest samples', () => {
  it('are the last ones of the files written last', async () => {
    const [one, two, three] = batches
    for (const [k, path] of [two, three, one].entries())
      utimesSync(path, 1_600_000_000 + k, 1_600_000_000 + k)
    const newest = async (limit: number, of = batches): Promise<string[]> =>
      places((await list.newest({ files: of, limit }, new AbortController().signal)).samples)
    expect(await newest(3)).toEqual(['0:6', '0:5', '0:4'])
    const many = await newest(200)
    expect(many).toHaveLength(200)
    expect([many[6], many[7], many[96], many[97]]).toEqual(['0:0', '2:89', '2:0', '1:1202'])
    expect(await newest(2, [join(folder, 'absent.h5'), two])).toEqual(['1:1202', '1:1201'])
    for (const path of batches) utimesSync(path, 1_600_000_000, 1_600_000_000)
    expect(await newest(1)).toEqual(['2:89'])
    expect(await newest(10_000)).toHaveLength(1300)
  })

  it('pass over files that cannot be read', async () => {
    const text = join(folder, 'newest.h5')
    writeFileSync(text, 'not HDF5')
    const answer = await list.newest({ files: [...batches, text], limit: 5 }, new AbortController().signal)
    expect(answer.samples).toHaveLength(5)
  })
})
