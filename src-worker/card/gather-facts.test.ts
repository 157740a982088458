import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import type { FileFacts } from '../../src-shared/card/card-facts'
import { ALL_DATASETS } from '../hdf5/dataset-choice'
import { madeSamples } from '../hdf5/sample-fixtures'
import { createSamplesFile } from '../hdf5/samples-file'
import { referenceColumns, writeBatch } from '../patches/patches-fixture'
import { quietContext } from '../process/context'
import { runCardFacts } from './card-facts-job'
import { gatherFacts } from './gather-facts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'card-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const signal = new AbortController().signal
const gather = (path: string): Promise<FileFacts> =>
  gatherFacts({ split: 'train', path }, 'sampled', signal, () => undefined)

/** The same figures by h5py and numpy. */
const COUNT = `
import sys, json, hashlib, collections, datetime, h5py, numpy as np
path = sys.argv[1]
d = h5py.File(path)["data"]
text = lambda name: [v.decode() for v in d[name][:, 0]]
tally = lambda values: dict(sorted(collections.Counter(map(str, values)).items()))
agbd = np.histogram(d["AGBD Values"][:, 0], bins=[25 * k for k in range(21)] + [1e9])[0]
times = [datetime.datetime.strptime(t, "%Y-%m-%dT%H:%M:%SZ") for t in text("GEDI Acquisition Time")]
cover = [int(np.bincount(w.ravel(), minlength=256).argmax()) for w in d["WorldCover"][:]]
slope = d["CopDEM"][:, 1, 15:17, 15:17].astype(np.float64).mean(axis=(1, 2))
place = d["GEDI Lat Lon"][:].astype(np.float64)
print(json.dumps({
  "samples": len(d["CRS"]),
  "sha256": hashlib.sha256(open(path, "rb").read()).hexdigest(),
  "agbd": agbd.tolist(),
  "months": np.bincount([t.month - 1 for t in times], minlength=12).tolist(),
  "days": np.bincount([t.timetuple().tm_yday - 1 for t in times], minlength=366).tolist(),
  "years": tally(t.year for t in times),
  "productYears": tally(p[11:15] for p in text("Sentinel-2 Product Name")),
  "products": len(set(text("Sentinel-2 Product Name"))), "granules": len(set(text("GEDI Product Name"))),
  "crs": tally(text("CRS")), "landCover": tally(cover),
  "slope": np.histogram(slope, bins=[2 * k for k in range(16)] + [1e9])[0].tolist(),
  "bounds": [place[:, 1].min(), place[:, 0].min(), place[:, 1].max(), place[:, 0].max()],
}))
`

const counts = (tally: FileFacts['crs']): object =>
  Object.fromEntries((tally ?? []).map(({ value, samples }) => [value, samples]))

describe('what a card says of a dataset file', () => {
  it.skipIf(!optionalTool('h5py')).each([
    ['samples of the sample world', async () => referenceColumns('test', 60)],
    ['many made samples', () => Promise.resolve(madeSamples(1203))],
  ])('is what h5py and numpy count: %s', async (name, columns) => {
    const path = await writeBatch(join(folder, `${name}.h5`), await columns())
    const expected: unknown = JSON.parse(execFileSync(PYTHON, ['-c', COUNT, path], { encoding: 'utf8' }))
    const facts = await gather(path)
    const { acquired, bounds } = facts
    expect({
      ...{ samples: facts.samples, sha256: facts.sha256, agbd: facts.agbd?.counts, months: acquired?.months },
      ...{ days: acquired?.days, years: counts(acquired?.years ?? null), products: facts.products },
      ...{ productYears: counts(facts.productYears), granules: facts.granules, crs: counts(facts.crs) },
      ...{ landCover: counts(facts.landCover), slope: facts.slope?.counts },
      bounds: [bounds?.west, bounds?.south, bounds?.east, bounds?.north],
    }).toEqual(expected)
    expect(facts.problems).toEqual([])
    expect(facts.lookedAt).toBe(facts.samples)
  })

  it('names datasets that are missing, and counts the others', async () => {
    const path = await lackingFile()
    const facts = await gather(path)
    expect(facts.problems).toContain('AGBD Values: is missing')
    expect(facts).toMatchObject({ samples: 5, agbd: null, granules: 1 })
    expect(facts.datasets).toHaveLength(16)
  })

  it.skipIf(!optionalTool('h5py'))('goes on where a chunk is damaged', async () => {
    const path = await writeBatch(join(folder, 'damaged.h5'), madeSamples(40))
    const where = `
import sys, json, h5py
info = h5py.File(sys.argv[1])["data/GEDI Acquisition Time"].id.get_chunk_info(0)
print(json.dumps([info.byte_offset, info.size]))`
    const answer: unknown = JSON.parse(execFileSync(PYTHON, ['-c', where, path], { encoding: 'utf8' }))
    const [offset, size] = answer as [number, number]
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(size, 0xff), 0, size, offset)
    closeSync(file)
    const facts = await gather(path)
    expect(facts.problems).toHaveLength(1)
    expect(facts.problems[0]).toMatch(/^GEDI Acquisition Time: .*damaged/)
    expect(facts).toMatchObject({ acquired: null, granules: 1, products: 1, samples: 40 })
    expect(facts.agbd?.counts.reduce((sum, count) => sum + count)).toBe(40)
  })

  it('says of files that are none, or gone, that nothing could be counted', async () => {
    const none = join(folder, 'none.h5')
    writeFileSync(none, 'no HDF5')
    const { problems, samples } = await gather(none)
    expect([samples, problems.length]).toEqual([0, 1])
    expect((await gather(join(folder, 'gone.h5'))).problems).toHaveLength(1)
    const whole = await runCardFacts(
      { files: [{ split: 'train', path: none }], verification: 'full' },
      quietContext(),
    )
    expect(whole.map).toBeNull()
  })

  it('can be cancelled', async () => {
    const path = await writeBatch(join(folder, 'cancel.h5'), madeSamples(3))
    const cancelled = gatherFacts({ split: 'train', path }, 'full', AbortSignal.abort(), () => undefined)
    await expect(cancelled).rejects.toMatchObject({ tag: 'cancelled' })
  })

  it('tells its progress without going back, and shows every sample on the map', async () => {
    const train = await writeBatch(join(folder, 'train.h5'), await referenceColumns('train', 47))
    const test = await writeBatch(join(folder, 'test.h5'), await referenceColumns('test', 90))
    const told: number[] = []
    const files = [
      { split: 'train' as const, path: train },
      { split: 'test' as const, path: test },
    ]
    const progress = (done: number): number => told.push(done)
    const { map } = await runCardFacts({ files, verification: 'sampled' }, { ...quietContext(), progress })
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(told.at(-1)).toBe(100)
    const shown = (split: string): number =>
      (map?.cells ?? []).filter((cell) => cell.split === split).reduce((sum, { samples }) => sum + samples, 0)
    expect([shown('train'), shown('test')]).toEqual([47, 90])
  })
})

/** A file of five samples without one of the datasets. */
async function lackingFile(): Promise<string> {
  const path = join(folder, 'lacking.h5')
  const specs = ALL_DATASETS.specs.filter(({ name }) => name !== 'AGBD Values')
  const options = {
    compression: 1,
    slopeUnit: 'percent',
    attributes: {},
    choice: { ...ALL_DATASETS, specs },
  } as const
  const file = await createSamplesFile(path, options)
  file.append(madeSamples(5))
  await file.close()
  return path
}
