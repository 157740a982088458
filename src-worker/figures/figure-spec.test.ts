import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-wasm'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Density } from './density'
import type { Distribution } from './distribution'
import { figureSpec, type FigureSubject } from './figure-spec'
import { fitFrame, type LonLatRange } from './frame'
import { pngOf } from './png'
import { renderSvg } from './svg'

interface TextBox {
  content: string
  x: number
  y: number
  x2: number
  y2: number
}

let fonts: Uint8Array[] = []
beforeAll(async () => {
  const { resolve } = createRequire(import.meta.url)
  fonts = await Promise.all(
    ['DejaVuSans', 'DejaVuSans-Bold'].map((name) => readFile(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`))),
  )
  await pngOf('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
})

/** Where each text lies, measured on its glyphs: each is drawn alone. */
function textBoxes(svg: string): TextBox[] {
  const bare = svg
    .replace(/<(path|rect|line|circle)\b[^>]*?\/>/g, '')
    .replace(/<(path|rect|line|circle)\b[^>]*>[^<]*<\/\1>/g, '')
  const texts = [...bare.matchAll(/<text[^>]*>[^<]*<\/text>/g)]
  return texts.flatMap((own) => {
    const alone = bare.replace(/<text[^>]*>[^<]*<\/text>/g, (each, at: number) =>
      at === own.index ? each : '',
    )
    const drawing = new Resvg(alone, { font: { fontBuffers: fonts, sansSerifFamily: 'DejaVu Sans' } })
    const box = drawing.getBBox()
    drawing.free()
    if (box === undefined) return []
    const { x, y, width, height } = box
    box.free()
    return [{ content: own[0].replace(/<[^>]*>/g, ''), x, y, x2: x + width, y2: y + height }]
  })
}

async function draw(
  range: LonLatRange | null,
  distribution: Partial<Distribution>,
  density: Density,
  subject: Partial<FigureSubject> = {},
): Promise<string> {
  const complete = { rows: 1, days: new Array<number>(366).fill(0), years: [2020], range, ...distribution }
  const spec = await figureSpec(
    { split: 'train', kind: 'combined', table: 'train_combined.csv', ...subject },
    complete,
    fitFrame(range),
    density,
  )
  return renderSvg(spec)
}

const everyDay = (count: number): number[] => new Array<number>(366).fill(count)
const cells = (size: number, max: number): Density => ({
  kind: 'cells',
  ...{ size, max },
  cells: [{ column: 0, row: 0, count: max }],
})
const dots: Density = { kind: 'dots', dots: [{ lon: 9, lat: 48 }] }

const figures: Record<string, () => Promise<string>> = {
  'the largest numbers': () =>
    draw(
      { west: -180, east: 180, south: -51.6, north: 51.6 },
      { rows: 99_999_999, days: everyDay(8_888_888), years: [2018, 2019, 2021, 2022, 2023, 2025] },
      cells(0.0005, 9_999_999),
      { table: `${'x'.repeat(200)}.csv` },
    ),
  'a few km': () =>
    draw({ west: 9, east: 9.012, south: 48, north: 48.018 }, { rows: 420, days: everyDay(1) }, dots),
  'the antimeridian, south': () =>
    draw(
      { west: 179.5, east: 181.5, south: -19, north: -18 },
      { rows: 9999, days: everyDay(27) },
      cells(0.01, 2),
    ),
  'a narrow strip': () =>
    draw(
      { west: -73, east: -71, south: -52, north: -20 },
      { rows: 20_000, days: everyDay(55) },
      cells(0.5, 108),
    ),
  'a flat strip': () =>
    draw(
      { west: 20, east: 140, south: 50, north: 51.6 },
      { rows: 20_000, days: everyDay(55) },
      cells(0.5, 51),
    ),
  'no data': () => draw(null, { rows: 0, years: [] }, { kind: 'dots', dots: [] }, { split: 'test' }),
}

describe('the layout of a figure', () => {
  it.each(Object.entries(figures))('keeps texts apart and inside: %s', async (_, drawFigure) => {
    const svg = await drawFigure()
    const height = Number(/<svg[^>]* height="([\d.]+)"/.exec(svg)?.[1])
    const boxes = textBoxes(svg)
    expect(boxes.length).toBeGreaterThan(30)
    for (const [index, box] of boxes.entries()) {
      expect(box.x, box.content).toBeGreaterThan(1)
      expect(box.y, box.content).toBeGreaterThan(1)
      expect(box.x2, box.content).toBeLessThan(869)
      expect(box.y2, box.content).toBeLessThan(height - 1)
      for (const other of boxes.slice(index + 1)) {
        const apart = box.x2 < other.x || other.x2 < box.x || box.y2 < other.y || other.y2 < box.y
        expect(apart, `"${box.content}" and "${other.content}"`).toBe(true)
      }
    }
  })

  it('names the years, also where some are left out', async () => {
    const day = { days: everyDay(1), rows: 366 }
    const range = { west: -10, east: 30, south: 35, north: 60 }
    const summary = async (years: number[]): Promise<string> =>
      /N = 366[^<]*/.exec(await draw(range, { ...day, years }, cells(1, 5)))?.[0] ?? ''
    expect(await summary([2021])).toBe('N = 366 footprints on 366 days of the year, 2021')
    expect(await summary([2019, 2020])).toBe('N = 366 footprints on 366 days of the year, 2019–2020')
    expect(await summary([2019, 2021, 2023])).toBe(
      'N = 366 footprints on 366 days of the year, 2019–2023 (3 years)',
    )
  })
})
