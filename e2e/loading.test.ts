import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readingCode, torchCode } from '../src-shared/loading/reading-code'
import { gediDataset, onSample, temporaryFolder } from './command-line'
import { optionalTool, PYTHON } from './tools'

const page = readFileSync(resolve(import.meta.dirname, '../docs/loading.md'), 'utf8')
const [reading, torch] = [...page.matchAll(/```python\n([^]*?)\n```/g)].map(([, code]) => code)

const folder = temporaryFolder('loading')
const output = join(folder, 'sample')

/** Runs Python in the folder of the datasets and gives back what it printed last, as JSON. */
function python(script: string, path = ''): unknown {
  const env = { ...process.env, PYTHONPATH: path }
  const out = execFileSync(PYTHON, ['-c', script], { encoding: 'utf8', cwd: output, env })
  return JSON.parse(out.trim().split('\n').at(-1) ?? '')
}

/** What the code needs of PyTorch, so that it runs where that is not installed: arrays instead of tensors. */
const STAND_IN = `
class _Module: pass
def from_numpy(array): return array
utils = _Module(); utils.data = _Module()
class Dataset: pass
class DataLoader:
    def __init__(self, dataset, **options): self.dataset, self.options = dataset, options
utils.data.Dataset, utils.data.DataLoader = Dataset, DataLoader
`

it('the page, the data card and the window show the same code', () => {
  expect(reading).toBe(readingCode('train_dataset.h5'))
  expect(torch).toBe(torchCode('train_dataset.h5', 'statistics.json'))
})

describe.skipIf(!optionalTool('h5py'))('the code of docs/loading.md, on the sample', () => {
  beforeAll(async () => {
    expect((await gediDataset(...onSample('run', output))).status).toBe(0)
    mkdirSync(join(folder, 'stand-in'))
    writeFileSync(join(folder, 'stand-in', 'torch.py'), STAND_IN)
  })

  it('reads with h5py', () => {
    const shown = `
import json
print(json.dumps([list(bands.shape), list(scl.shape), list(altitude.shape), float(bands.max()) < 2, float(agbd) > 0, str(shot), product]))`
    const [shapes, scl, altitude, small, positive, shot, product] = python(reading + shown) as unknown[]
    expect([shapes, scl, altitude, small, positive]).toEqual([[11, 32, 32], [32, 32], [32, 32], true, true])
    expect(shot).toMatch(/^\d{16,18}$/)
    expect(product).toMatch(/^S2[AB]_MSIL2A_/)
    const subset = readFileSync(join(output, 'train_subset.csv'), 'utf8').split('\n')
    expect(subset.filter((line) => line.includes(`;${String(shot)};`))).toHaveLength(1)
  })

  it('loads as PyTorch would, layers of mean 0 and standard deviation 1 over the train split', () => {
    const shown = `
samples = [patches[i] for i in range(len(patches))]
x = np.stack([x for x, y in samples]).astype(np.float64)
y = np.stack([y for x, y in samples])
print(json.dumps([list(x.shape), str(samples[0][0].dtype), x.mean(axis=(0, 2, 3)).tolist(), x.std(axis=(0, 2, 3)).tolist(),
  y[:, 0].tolist() == h5py.File("train_dataset.h5")["data/AGBD Values"][:, 0].tolist(), loader.options["num_workers"]]))`
    const [shape, type, means, deviations, same] = python(torch + shown, join(folder, 'stand-in')) as [
      number[],
      string,
      number[],
      number[],
      boolean,
    ]
    expect([shape, type, same]).toEqual([[47, 13, 32, 32], 'float32', true])
    expect(means).toHaveLength(13)
    for (const mean of means) expect(Math.abs(mean)).toBeLessThan(1e-3)
    for (const deviation of deviations) expect(deviation).toBeCloseTo(1, 3)
  })

  it('opens the file in the process that reads, not before', () => {
    const shown = `
import os, pickle
before = patches.data is None
read, write = os.pipe()
if os.fork() == 0:
    os.write(write, pickle.dumps(float(patches[3][1][0])))
    os._exit(0)
child = pickle.loads(os.read(read, 1000))
os.wait()
print(json.dumps([before, patches.data is None, child == float(patches[3][1][0])]))`
    expect(python(torch + shown, join(folder, 'stand-in'))).toEqual([true, true, true])
  })
})
