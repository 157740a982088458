import { execFileSync } from 'node:child_process'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readingCode } from '../src-shared/loading/reading-code'
import { BAND_NAMES } from '../src-shared/dataset/bands'
import { DATASETS } from '../src-shared/dataset/datasets'
import { statisticsFileSchema } from '../src-shared/dataset/statistics'
import { gediDataset, onSample, temporaryFolder } from './command-line'
import { digestsOf, readDataset } from './dataset'
import { optionalTool, PYTHON, realFile } from './tools'

const folder = temporaryFolder('readers')
const dataset = join(folder, 'sample', 'train_dataset.h5')
const batch = join(folder, 'sample', 'batches', 'train', 'batch_1000_0.h5')

beforeAll(async () => {
  const output = join(folder, 'sample')
  await gediDataset(...onSample('run', output))
})

const python = (script: string, ...args: string[]): unknown =>
  JSON.parse(execFileSync(PYTHON, ['-c', script, ...args], { encoding: 'utf8' }))

const DESCRIBE = `
import sys, json, h5py
g = h5py.File(sys.argv[1])["data"]
print(json.dumps({k: [list(v.shape), str(v.dtype), list(v.chunks), v.compression, v.shuffle] for k, v in g.items()}))
`

/** All that a file says of itself but its values; of attributes that follow from the samples or the run only their type. */
const STRUCTURE = `
import sys, json, h5py
FOLLOWS = {"created", "settings", "software", "sources", "split", "valid_count", "mean", "standard_deviation", "minimum", "maximum",
  "percentile_1", "percentile_99"}
def attributes(thing):
    lines = []
    for name, value in sorted(thing.attrs.items()):
        kind = thing.attrs.get_id(name)
        shown = "" if name in FOLLOWS else " = " + json.dumps(value.tolist() if hasattr(value, "tolist") else value)
        lines.append(f"  {name}: {kind.dtype} {list(kind.shape)}{shown}")
    return lines
lines = []
with h5py.File(sys.argv[1]) as file:
    lines += ["/", *attributes(file), "/data", *attributes(file["data"])]
    for name, d in sorted(file["data"].items()):
        kind = d.id.get_type()
        pad = f" pad {kind.get_strpad()} {'utf-8' if kind.get_cset() else 'ascii'}" if kind.get_class() == h5py.h5t.STRING else ""
        filters = [d.id.get_create_plist().get_filter(k)[:3] for k in range(d.id.get_create_plist().get_nfilters())]
        lines.append(f"/data/{name}: {d.dtype}{pad} {list(d.shape)} of {list(d.maxshape)}, chunks {list(d.chunks)}, fill {d.fillvalue!r}")
        lines += [f"  filter {number} flags {flags} {list(values)}" for number, flags, values in filters]
        lines += attributes(d)
print(json.dumps(lines))
`

const READ = `
import sys, json, h5py
f = h5py.File(sys.argv[1]); g = f["data"]
print(json.dumps({"shots": [str(v) for v in g["GEDI Shot Number"][:, 0]], "s2": int(g["Sentinel-2 L2A"][:].astype("int64").sum()),
  "dem": float(g["CopDEM"][:].astype("float64").sum()), "products": [v.decode() for v in g["Sentinel-2 Product Name"][:, 0]],
  "label": g["S2 SCL Stats"][0, 4, 0].decode(), "seed": int(f.attrs["seed"]), "software": f.attrs["software"],
  "bands": [b if isinstance(b, str) else b.decode() for b in g["Sentinel-2 L2A"].attrs["bands"]],
  "units": list(g["CopDEM"].attrs["band_units"])}))
`

const STATISTICS = `
import sys, json, h5py, numpy as np
g = h5py.File(sys.argv[1])["data"]
NAMES = ["valid_count", "mean", "standard_deviation", "minimum", "maximum", "percentile_1", "percentile_99"]
def told(dataset, layer): return [g[dataset].attrs[name][layer] for name in NAMES]
def counted(v): return [len(v), v.mean(), v.std(), v.min(), v.max(), *np.percentile(v, [1, 99])]
s2, dem = g["Sentinel-2 L2A"][:], g["CopDEM"][:].astype("f8")
pairs = [(told("Sentinel-2 L2A", b), counted(s2[:, b][s2[:, b] > 0].astype("f8"))) for b in range(1, 12)]
pairs += [(told("CopDEM", b)[:5], counted(dem[:, b][dem[:, b] != -9999])[:5]) for b in range(2)]
# Their percentiles are those of rounded values.
rounded = [abs(t - c) <= 0.0501 for b in range(2) for t, c in zip(told("CopDEM", b)[5:], counted(dem[:, b][dem[:, b] != -9999])[5:])]
assert all(rounded), rounded
pairs += [(told("AGBD Values", 0), counted(g["AGBD Values"][:].astype("f8")))]
print(json.dumps([float(np.max(np.abs(np.array(a) - np.array(b)) / np.maximum(1, np.abs(b)))) for a, b in pairs]))
`

const SHOW = `
import json
layers = [scl, altitude, slope, land_cover]
print(json.dumps([list(bands.shape), [list(layer.shape) for layer in layers], float(agbd), str(shot), product]))
`

describe.skipIf(!optionalTool('h5py'))('h5py', () => {
  it.each([
    ['dataset', dataset],
    ['batch', batch],
  ])('sees the documented structure of a %s file', (_, path) => {
    const found = python(DESCRIBE, path) as Record<string, [number[], string, number[], string, boolean]>
    expect(Object.keys(found).sort()).toEqual(DATASETS.map(({ name }) => name).sort())
    for (const { name, shape, type, chunkSamples } of DATASETS) {
      const [size, dtype, chunks, compression, shuffle] = found[name]
      expect(size).toEqual([47, ...shape])
      expect(dtype).toBe(type.kind === 'string' ? `|S${type.length}` : type.kind)
      expect(chunks).toEqual([chunkSamples, ...shape])
      expect([compression, shuffle]).toEqual(['gzip', true])
    }
  })

  it.each([
    ['dataset', dataset],
    ['batch', batch],
  ])('finds all of a %s file as it was when the format was settled', async (kind, path) => {
    const lines = python(STRUCTURE, path) as string[]
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`reference/structure-of-a-${kind}.txt`)
  })

  it('reads a dataset with the code that the window shows, whatever signs its path has', async () => {
    const path = join(folder, 'a "quoted" \\ name, Wälder.h5')
    await copyFile(dataset, path)
    const found = execFileSync(PYTHON, ['-c', `${readingCode(path)}${SHOW}`], { encoding: 'utf8' })
    const [samples, shown] = found.split('\n')
    expect(samples).toBe('47 samples')
    const own = await readDataset(dataset)
    expect(JSON.parse(shown)).toEqual([
      [11, 32, 32],
      Array(4).fill([32, 32]),
      own['AGBD Values'][0],
      String(own['GEDI Shot Number'][0]),
      own['Sentinel-2 Product Name'][0],
    ])
  })

  it('finds in the attributes the statistics that numpy makes of the samples', async () => {
    const differences = python(STATISTICS, dataset) as number[]
    expect(differences).toHaveLength(14)
    for (const difference of differences) expect(difference).toBeLessThan(1e-9)
    const file = statisticsFileSchema.parse(
      JSON.parse(await readFile(join(folder, 'sample', 'statistics.json'), 'utf8')),
    )
    expect([file.samples, file.statistics.map(({ name }) => name)]).toEqual([
      47,
      [...BAND_NAMES, 'WorldCover', 'altitude', 'slope', 'AGBD'],
    ])
  })

  it('reads the same values as the program itself', async () => {
    const found = python(READ, dataset) as Record<string, unknown>
    const own = await readDataset(dataset)
    const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0)
    expect(found.shots).toEqual(Array.from(own['GEDI Shot Number'] as BigInt64Array, String))
    expect(found.s2).toBe(sum(own['Sentinel-2 L2A'] as Uint16Array))
    expect(found.dem).toBeCloseTo(sum(own.CopDEM as Float32Array), 0)
    expect(found.products).toEqual(own['Sentinel-2 Product Name'])
    expect(found).toMatchObject({
      label: 'VEGETATION',
      seed: 0,
      software: expect.stringMatching(/^gedi-dataset-studio /) as string,
    })
    expect(found.bands).toHaveLength(12)
    expect(found.units).toEqual(['m', 'percent'])
  })
})

describe.skipIf(!optionalTool('h5dump'))('h5dump', () => {
  it.each([
    ['dataset', dataset],
    ['batch', batch],
  ])('reads every byte of a %s file', (_, path) => {
    const text = execFileSync('h5dump', ['-y', '-w', '0', path], { encoding: 'utf8', maxBuffer: 1 << 28 })
    expect(text).toMatch(/STRPAD H5T_STR_NULLPAD/)
    expect(text.includes('unable to') || text.includes('h5dump error')).toBe(false)
  })

  it('and its siblings h5stat and h5repack take a dataset, which is then the same', async () => {
    const statistics = execFileSync('h5stat', [dataset], { encoding: 'utf8' })
    expect(statistics).toMatch(/# of unique datasets: 17\n/)
    const repacked = join(folder, 'repacked.h5')
    execFileSync('h5repack', [dataset, repacked])
    expect(digestsOf(await readDataset(repacked))).toEqual(digestsOf(await readDataset(dataset)))
  })
})

const real = realFile('gedi/GEDI04_A_2021150031254_O13948_03_T06447_02_002_01_V002.h5')

describe.skipIf(real === null)('the real granule', () => {
  it('gives 708 test footprints', async () => {
    const output = join(folder, 'real')
    const finished = await gediDataset('combine', '--input', real ?? '', '--output', output)
    expect(finished).toMatchObject({ status: 0 })
    expect(finished.out).toMatch(/966 shots in 1 granule\n/)
    expect(finished.out).toMatch(/test: 708 combined/)
  })
})
