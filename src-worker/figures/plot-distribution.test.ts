import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quietContext } from '../process/context'
import { sampleFootprints, writeFootprints, type TestFootprint } from './footprint-fixtures'
import { plotDistribution, renderDistributionSvg, type DistributionInput } from './plot-distribution'
import { pngOf } from './png'
import { decodePng, type Picture } from './png-fixtures'
import { PIXELS_PER_UNIT, SPLIT_COLOURS } from './style'

let folder = ''
let sample: DistributionInput
let sampleSvg = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plot-'))
  sample = await input('train_subset.csv', await sampleFootprints())
  sampleSvg = (await renderDistributionSvg(sample, quietContext())).svg
})
afterAll(() => rm(folder, { recursive: true }))

async function input(
  name: string,
  footprints: readonly TestFootprint[],
  subject: Pick<DistributionInput, 'split' | 'kind'> = { split: 'train', kind: 'subset' },
): Promise<DistributionInput> {
  const table = join(folder, name)
  await writeFootprints(table, footprints)
  return { table, memoryMb: 512, tempDirectory: join(folder, 'spill'), ...subject }
}

/** Texts of an SVG in their order. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, content]) => content)
}

/** Pixels of exactly this colour, `#rrggbb`, within a box in units of the figure. */
function countColour(
  picture: Picture,
  colour: string,
  box: [x: number, y: number, x2: number, y2: number],
): number {
  const wanted = Number.parseInt(colour.slice(1), 16)
  const [x, y, x2, y2] = box.map((edge) => Math.round(edge * PIXELS_PER_UNIT))
  let count = 0
  for (let row = y; row < Math.min(y2, picture.height); row++) {
    for (let column = x; column < Math.min(x2, picture.width); column++) {
      const at = (row * picture.width + column) * 4
      const [red, green, blue] = picture.pixels.subarray(at, at + 3)
      if ((red << 16) + (green << 8) + blue === wanted) count++
    }
  }
  return count
}

describe('the distribution figure', () => {
  it('is written as a PNG wide enough for print, with nothing left beside it', async () => {
    const output = join(folder, 'train_distribution_subset.png')
    const steps: number[] = []
    const context = { ...quietContext(), progress: (done: number) => steps.push(done) }
    const { rows } = await plotDistribution({ ...sample, output }, context)
    expect(rows).toBe((await sampleFootprints()).length)
    const picture = decodePng(await readFile(output))
    expect(picture.width).toBe(2610)
    expect(picture.height).toBeGreaterThan(1800)
    expect(existsSync(`${output}.part`)).toBe(false)
    expect(steps).toEqual([1, 2, 3, 4])
  })

  it('is written as SVG where the output asks for it', async () => {
    const output = join(folder, 'train_distribution_subset.svg')
    await plotDistribution({ ...sample, output }, quietContext())
    expect(await readFile(output, 'utf8')).toBe(sampleSvg)
  })

  it('says what it shows: split, kind, N, years, days, axes, sources', () => {
    expect(textsOf(sampleSvg)).toEqual(
      expect.arrayContaining([
        'GEDI L4A footprints: train split, subset',
        'N = 1,664 footprints on 4 days of the year, 2020–2021',
        'Longitude',
        'Latitude',
        '9.00° E',
        '48.00° N',
        'Day of year (all years together)',
        'Footprints per day',
        'Jan',
        'Dec',
        'Footprints per 0.001° cell',
        'Location of the map',
        'Data: GEDI L4A (NASA), table train_subset.csv. Coastlines and borders: Natural Earth 1:10 million.',
      ]),
    )
  })

  it('has the glyphs of its texts in the PNG, in title, axes and footer', async () => {
    const withText = decodePng(await pngOf(sampleSvg))
    const without = decodePng(await pngOf(sampleSvg.replace(/<text[^>]*>[^<]*<\/text>/g, '')))
    const height = withText.height / PIXELS_PER_UNIT
    const boxes: [string, [number, number, number, number]][] = [
      ['title', [104, 15, 480, 38]],
      ['summary', [104, 40, 480, 60]],
      ['latitudes', [30, 74, 98, 500]],
      ['months', [104, height - 70, 836, height - 52]],
      ['footer', [104, height - 24, 700, height - 6]],
    ]
    for (const [name, box] of boxes) {
      const [x, y, x2, y2] = box
      const area = (x2 - x) * (y2 - y) * PIXELS_PER_UNIT ** 2
      expect(countColour(without, '#ffffff', box) / area, `${name} without text`).toBeGreaterThan(0.99)
      expect(countColour(withText, '#ffffff', box) / area, `${name} with text`).toBeLessThan(0.98)
    }
  })

  it('has bars whose area is the number of footprints, in the colour of the split', async () => {
    const times = [32, 33, 200].flatMap((day, index) =>
      Array.from({ length: (index + 1) * 10 }, () => new Date(Date.UTC(2021, 0, day)).toISOString()),
    )
    const footprints = times.map((time, index) => ({ lon: 9 + index * 0.001, lat: 48, time }))
    const table = await input('test_combined.csv', footprints, { split: 'test', kind: 'combined' })
    const picture = decodePng(await pngOf((await renderDistributionSvg(table, quietContext())).svg))
    const bottom = picture.height / PIXELS_PER_UNIT - 30 - 58
    const bar = (day: number): number => {
      const x = 104 + (day - 1) * 2
      return countColour(picture, SPLIT_COLOURS.test, [x, bottom - 149, x + 2, bottom - 1])
    }
    expect(bar(31)).toBe(0)
    expect(bar(34)).toBe(0)
    // 10, 20 and 30 footprints under an axis that ends at 30, 50 units each, 2 units wide, 9 pixels a unit.
    const pixels = [bar(32), bar(33), bar(200)].map((count) => count / (2 * PIXELS_PER_UNIT ** 2))
    expect(pixels[0]).toBeGreaterThan(47)
    expect(pixels[1] - pixels[0]).toBeCloseTo(50, 0)
    expect(pixels[2] - pixels[1]).toBeGreaterThan(47)
  })

  it('draws density in viridis where footprints clump, from one to the largest count', async () => {
    const footprints = Array.from({ length: 3000 }, (_, index) => ({
      lon: index < 2900 ? 10.01 : 10 + (index % 100) * 0.1,
      lat: index < 2900 ? 45.01 : 45 + (index % 7),
      time: '2020-07-01T00:00:00Z',
    }))
    const { svg } = await renderDistributionSvg(await input('clump.csv', footprints), quietContext())
    const texts = textsOf(svg)
    expect(texts).toContain('Footprints per 0.1° cell')
    expect(texts).toEqual(expect.arrayContaining(['1', '10', '100']))
    const picture = decodePng(await pngOf(svg))
    const map: [number, number, number, number] = [105, 75, 667, 500]
    expect(countColour(picture, '#440154', map)).toBeGreaterThan(80 * 9 * 4)
    expect(countColour(picture, '#fde725', map)).toBeGreaterThan(9 * 4)
  })

  it('says so where the table has no rows', async () => {
    const output = join(folder, 'none.png')
    const table = await input('none.csv', [])
    expect(await plotDistribution({ ...table, output }, quietContext())).toEqual({ rows: 0 })
    expect(decodePng(await readFile(output)).width).toBe(2610)
    const { svg } = await renderDistributionSvg(table, quietContext())
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['N = 0: the table holds no footprints', 'No footprints']),
    )
  })

  it('shows a single footprint', async () => {
    const table = await input('one.csv', [{ lon: -61.5, lat: -3.2, time: '2021-12-31T23:59:59Z' }])
    const { svg } = await renderDistributionSvg(table, quietContext())
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([
        'N = 1 footprint on 1 day of the year, 2021',
        '61.500° W',
        '3.200° S',
        '500 m',
      ]),
    )
  })

  it('is the same to the last byte each time, whatever the order of rows', async () => {
    const reversed = await input('train_subset_2.csv', [...(await sampleFootprints())].reverse())
    const second = await renderDistributionSvg(reversed, quietContext())
    expect(second.svg).toBe(sampleSvg.replace('train_subset.csv', 'train_subset_2.csv'))
    const twice = [join(folder, 'a.png'), join(folder, 'b.png')]
    for (const output of twice) await plotDistribution({ ...sample, output }, quietContext())
    const [a, b] = await Promise.all(twice.map((path) => readFile(path)))
    expect(a.equals(b)).toBe(true)
  })

  it('escapes what a file name may hold', async () => {
    const { svg } = await renderDistributionSvg(await input('a & <b>.csv', []), quietContext())
    expect(textsOf(svg).join()).toContain('table a &amp; &lt;b&gt;.csv.')
    expect(decodePng(await pngOf(svg)).width).toBe(2610)
  })
})

describe('a figure that cannot be made', () => {
  it('leaves no file when it is cancelled', async () => {
    const output = join(folder, 'cancelled.png')
    for (const step of [0, 1, 2, 3]) {
      const controller = new AbortController()
      if (step === 0) controller.abort()
      const context = {
        ...quietContext(controller.signal),
        progress: (done: number) => {
          if (done === step) controller.abort()
        },
      }
      await expect(plotDistribution({ ...sample, output }, context)).rejects.toMatchObject({
        tag: 'cancelled',
      })
    }
    expect((await readdir(folder)).filter((name) => name.startsWith('cancelled'))).toEqual([])
  })

  it('names a table that is missing and a folder that cannot be written', async () => {
    const missing = { ...sample, table: join(folder, 'absent.csv'), output: join(folder, 'x.png') }
    await expect(plotDistribution(missing, quietContext())).rejects.toMatchObject({
      tag: 'input-missing',
      file: missing.table,
    })
    const output = join(folder, 'absent', 'x.png')
    await expect(plotDistribution({ ...sample, output }, quietContext())).rejects.toMatchObject({
      tag: 'output-unwritable',
      file: output,
    })
  })
})
