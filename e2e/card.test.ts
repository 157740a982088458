import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { CARD_FILES } from '../src-shared/card/card'
import { croissantFaults } from '../src-shared/card/croissant-rules-fixture'
import { gediDataset, onSample, startAs, temporaryFolder } from './command-line'
import { optionalTool, PYTHON } from './tools'

const folder = temporaryFolder('card')
const output = join(folder, 'one')
const env = { ...process.env, SOURCE_DATE_EPOCH: '1700000000' }
const text = (name: string, from = output): string => readFileSync(join(from, name), 'utf8')

beforeAll(async () => {
  await startAs({ env }, ...onSample('run', output, '--workers', '1')).finished
})

/** Rows of the tables of the Markdown card that bear a caption, by the text of their first cell. */
function tableOf(caption: string): Record<string, string[]> {
  const [, after] = text('data_card.md').split(`**${caption}**\n\n`)
  const lines = after.split('\n\n')[0].split('\n').slice(2)
  const rows = lines.map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  )
  return Object.fromEntries(rows.map(([first, ...cells]) => [first, cells]))
}

const COUNT = `
import sys, json, hashlib, collections, h5py, numpy as np
out = {}
for split in ("train", "test"):
    path = f"{sys.argv[1]}/{split}_dataset.h5"
    d = h5py.File(path)["data"]
    text = lambda name: [v.decode() for v in d[name][:, 0]]
    out[split] = {
        "samples": len(d["CRS"]), "bytes": len(open(path, "rb").read()),
        "sha256": hashlib.sha256(open(path, "rb").read()).hexdigest(),
        "granules": len(set(text("GEDI Product Name"))), "products": len(set(text("Sentinel-2 Product Name"))),
        "agbd": np.histogram(d["AGBD Values"][:, 0], bins=[25 * k for k in range(21)] + [1e9])[0].tolist(),
        "months": np.bincount([int(t[5:7]) - 1 for t in text("GEDI Acquisition Time")], minlength=12).tolist(),
        "crs": collections.Counter(text("CRS")),
        "cover": collections.Counter(str(np.bincount(w.ravel()).argmax()) for w in d["WorldCover"][:]),
        "b02": float(d["Sentinel-2 L2A"][:, 1][d["Sentinel-2 L2A"][:, 1] > 0].mean(dtype=np.float64)),
    }
print(json.dumps(out))
`

interface Counted {
  samples: number
  bytes: number
  sha256: string
  granules: number
  products: number
  agbd: number[]
  months: number[]
  crs: Record<string, number>
  cover: Record<string, number>
  b02: number
}

describe('the data card of the sample', () => {
  it.skipIf(!optionalTool('h5py'))('has the figures that h5py counts', () => {
    const counted = JSON.parse(execFileSync(PYTHON, ['-c', COUNT, output], { encoding: 'utf8' })) as Record<
      'train' | 'test',
      Counted
    >
    const { train, test } = counted
    const pairs = (a: number[], b: number[]): string[][] => a.map((value, k) => [String(value), String(b[k])])
    const files = tableOf('Dataset files')
    for (const split of ['train', 'test'] as const) {
      const { samples, granules, products } = counted[split]
      const [ofSplit, shownSamples, , shownGranules, shownProducts] = files[`${split}_dataset.h5`]
      expect([ofSplit, shownSamples, shownGranules, shownProducts]).toEqual([
        split,
        ...[samples, granules, products].map(String),
      ])
    }
    expect(Object.values(tableOf('Samples by biomass density'))).toEqual(pairs(train.agbd, test.agbd))
    expect(Object.values(tableOf('Samples by month of acquisition'))).toEqual(
      pairs(train.months, test.months),
    )
    const crs = tableOf('Samples by coordinate reference system of the window')
    for (const [name, samples] of Object.entries(train.crs)) expect(crs[name][0]).toBe(String(samples))
    const cover = Object.entries(tableOf('Samples by land cover')).map(([name, cells]) => [
      name.split(' ')[0],
      cells,
    ])
    expect(cover.length).toBeGreaterThan(3)
    for (const [value, cells] of cover as [string, string[]][]) {
      expect(cells).toEqual([train, test].map((split) => String(split.cover[value] ?? 0)))
    }
    expect(tableOf('Layers of the train split').B02[2]).toBe(train.b02.toFixed(2))

    const { distribution } = JSON.parse(text('croissant.json')) as { distribution: Record<string, string>[] }
    expect(distribution.map(({ name, sha256, contentSize }) => [name, sha256, contentSize])).toEqual([
      ['train_dataset.h5', train.sha256, `${train.bytes} B`],
      ['test_dataset.h5', test.sha256, `${test.bytes} B`],
    ])
  })

  it('is a page that any parser of XML takes, without paths of this machine', () => {
    const parse = 'import sys, xml.etree.ElementTree as e; print(e.parse(sys.argv[1]).getroot().tag)'
    if (optionalTool('h5py'))
      expect(execFileSync(PYTHON, ['-c', parse, join(output, 'data_card.html')], { encoding: 'utf8' })).toBe(
        'html\n',
      )
    for (const name of CARD_FILES) expect(text(name)).not.toContain(folder)
    expect(text('data_card.html')).toContain('gedi-dataset run --output one --input gedi --source sample')
  })

  it('comes with a Croissant file that keeps to the published rules', () => {
    expect(croissantFaults(text('croissant.json'))).toEqual([])
  })

  it('is kept by a run that changes nothing, and made anew, the same, where it is gone', async () => {
    const before = CARD_FILES.map((name) => [text(name), statSync(join(output, name)).mtimeMs])
    expect((await gediDataset('run', '--output', output)).out).toContain('Everything was done already')
    expect(CARD_FILES.map((name) => [text(name), statSync(join(output, name)).mtimeMs])).toEqual(before)
    rmSync(join(output, 'data_card.html'))
    expect((await gediDataset('run', '--output', output)).status).toBe(0)
    expect(CARD_FILES.map((name) => text(name))).toEqual(before.map(([content]) => content))
  })

  it('is the same of the same project elsewhere, with other workers', async () => {
    const other = join(folder, 'elsewhere', 'one')
    await startAs({ env }, ...onSample('run', other, '--workers', '2')).finished
    for (const name of CARD_FILES) expect(text(name, other)).toBe(text(name))
  })

  it('is made anew with the statistics where these are damaged', async () => {
    truncateSync(join(output, 'statistics.json'), 10)
    rmSync(join(output, 'data_card.md'))
    const record = JSON.parse(text('steps.json')) as {
      records: Record<string, { outputs: { path: string; bytes: number }[] }>
    }
    expect(record.records.card.outputs.map(({ path }) => path)).toEqual([...CARD_FILES])
    const finished = await gediDataset('run', '--output', output)
    expect(finished.status).toBe(0)
    // The lost statistics have the dataset fused again, and the card is made of what is there then.
    expect(croissantFaults(text('croissant.json'))).toEqual([])
    expect(text('data_card.md')).toContain('Layers of the train split')
  })

  it('is a warning, not the end of the run, where it cannot be written', async () => {
    rmSync(join(output, 'croissant.json'))
    mkdirSync(join(output, 'croissant.json', 'full'), { recursive: true })
    const finished = await gediDataset('run', '--output', output)
    expect(finished.status).toBe(0)
    expect(finished.err).toMatch(/warning: The data card could not be made: .*croissant\.json/)
    rmSync(join(output, 'croissant.json'), { recursive: true })
    expect((await gediDataset('run', '--output', output)).status).toBe(0)
    expect(croissantFaults(text('croissant.json'))).toEqual([])
  })
})
