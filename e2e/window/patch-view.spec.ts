import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { execFileSync } from 'node:child_process'
import { readFile, rename, truncate } from 'node:fs/promises'
import { decode } from 'fast-png'
import { readDataset } from '../dataset'
import { optionalTool, PYTHON } from '../tools'
import { allowClipboard, copiedText } from './clipboard'
import { batchFile, cutProject } from './cut-project'
import { expect, picture, test } from './fixtures'
import { savedFile } from './saved-file'
import type { Window } from './window-page'

/** The sample that is opened: the first of the train split. */
const ROW = 0

async function openPatch(window: Window): Promise<Locator> {
  const { page } = window
  await window.show('Review')
  await page.getByRole('option', { name: /^Shot/ }).first().click()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('img', { name: /of shot/ })).toHaveCount(9)
  return dialog
}

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
}

const mapIsDrawn = (dialog: Locator): Promise<void> =>
  expect(dialog.locator('[aria-busy="false"] canvas').first()).toBeVisible()

for (const scheme of ['light', 'dark'] as const) {
  test(`a patch can be read by everybody, ${scheme}`, async ({ start, folder, face }) => {
    const { window } = await start({ project: await cutProject(folder, 'run') })
    const { page } = window
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    const dialog = await openPatch(window)
    await mapIsDrawn(dialog)
    await picture(page, `${face}-${scheme}-patch`)
    await dialog.getByText('Kept in').scrollIntoViewIfNeeded()
    await picture(page, `${face}-${scheme}-patch-below`)
    await noViolations(page)
    await dialog.getByRole('button', { name: 'Save as GeoTIFF' }).click()
    await expect(page.getByRole('menuitem', { name: /All layers/ })).toBeVisible()
    await picture(page, `${face}-${scheme}-patch-save`)
  })
}

/** Column and row of the footprint's centre in its window, by PROJ. */
const CENTRE = `
import h5py, pyproj, sys
d, row = h5py.File(sys.argv[1])['data'], int(sys.argv[2])
lat, lon = [float(v) for v in d['GEDI Lat Lon'][row]]
x, y = pyproj.Transformer.from_crs('EPSG:4326', d['CRS'][row, 0].decode(), always_xy=True).transform(lon, lat)
a, _, left, _, e, top = [float(v) for v in d['Transforms'][row, :6]]
print((x - left) / a, (y - top) / e)`

test('the footprint lies at its place in every picture, at its size', async ({ start, folder }) => {
  test.skip(!optionalTool('h5py') || !optionalTool('rasterio'), 'needs h5py and pyproj')
  const project = await cutProject(folder, 'run')
  const words = ['-c', CENTRE, batchFile(project, 'train'), String(ROW)]
  const [column, row] = execFileSync(PYTHON, words, { encoding: 'utf8' }).split(' ').map(Number)
  const { window } = await start({ project })
  const dialog = await openPatch(window)
  const circles = await dialog.locator('svg').evaluateAll((drawings) =>
    drawings.flatMap((drawing) => {
      const found = [...drawing.querySelectorAll('circle')]
      if (!drawing.getAttribute('viewBox')?.startsWith('0 0 32')) return []
      const { left, top, width } = drawing.getBoundingClientRect()
      const boxes = found.map((circle) => circle.getBoundingClientRect())
      // In pixels of the patch: 32 are as wide as the picture.
      return [
        boxes.map((box) => ({
          column: ((box.left + box.right) / 2 - left) * (32 / width),
          row: ((box.top + box.bottom) / 2 - top) * (32 / width),
          diameter: box.width * (32 / width),
        })),
      ]
    }),
  )
  expect(circles).toHaveLength(9)
  for (const rings of circles) {
    expect(rings.map(({ diameter }) => Math.round(100 * diameter) / 10)).toEqual([45, 45, 25, 25])
    for (const ring of rings) {
      expect(ring.column).toBeCloseTo(column, 1)
      expect(ring.row).toBeCloseTo(row, 1)
    }
  }
})

test('the probe is moved by keyboard and read out, and the record is copied exactly', async ({
  start,
  folder,
}) => {
  const project = await cutProject(folder, 'run')
  const content = await readDataset(batchFile(project, 'train'))
  const { window, started } = await start({ project })
  const { page } = window
  const dialog = await openPatch(window)
  await dialog.getByRole('application', { name: /Pixel probe/ }).focus()
  for (const key of ['ArrowUp', 'ArrowLeft']) for (let i = 0; i < 32; i++) await page.keyboard.press(key)
  await page.keyboard.press('ArrowRight')
  const bands = content['Sentinel-2 L2A'] as Uint16Array
  const blue = (bands[ROW * 12 * 1024 + 1024 + 1] / 10_000).toFixed(4)
  await expect(dialog.getByRole('status').filter({ hasText: 'Column 1, row 0:' })).toContainText(
    `B02 ${blue}`,
  )

  const transform = Array.from((content.Transforms as Float32Array).subarray(9 * ROW, 9 * ROW + 9))
  await expect(dialog.getByRole('row', { name: /^Centre/ })).toContainText(
    `${transform[2] + 15} m E, ${transform[5] - 5} m N`,
  )
  await allowClipboard(started)
  for (const [what, value] of [
    ['shot number', String((content['GEDI Shot Number'] as BigInt64Array)[ROW])],
    ['transform', transform.slice(0, 6).join(', ')],
    ['CRS', content.CRS[ROW]],
    ['DEM tile', content['CopDEM Tile Name'][ROW]],
    ['delta time', content['GEDI Delta Time'][ROW]],
  ] as const) {
    await dialog.getByRole('button', { name: `Copy ${what}`, exact: true }).click()
    await expect.poll(() => copiedText(started)).toBe(value)
  }

  await expect(dialog.getByText('Pixel in column 1, row 0.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Next patch' }).click()
  // The next patch begins with the pixel of its own footprint, one of the middle four.
  await expect(dialog.getByText(/Pixel in column 1[56], row 1[56]\./)).toBeVisible()
  await expect(dialog.getByRole('status').filter({ hasText: 'Column 1, row 0:' })).toHaveCount(0)
})

/** Compares all layers of a sample of a batch file with a GeoTIFF that GDAL opens. */
const COMPARED = `
import h5py, numpy as np, rasterio, sys
d, row = h5py.File(sys.argv[1])['data'], int(sys.argv[2])
layers = [d[name][row] for name in ('Sentinel-2 L2A', 'CopDEM', 'WorldCover', 'AGBD Raster')]
for path, expected in ((sys.argv[3], layers[0]), (sys.argv[4], np.concatenate(layers).astype('float32'))):
    with rasterio.open(path) as f:
        values = f.read()
        assert values.dtype == expected.dtype and values.shape == expected.shape, (values.dtype, values.shape)
        assert (values == expected).all()
        assert list(f.transform) == [float(v) for v in d['Transforms'][row]]
        assert str(f.crs) == d['CRS'][row, 0].decode() and f.descriptions[1] == 'B02'
print('same')`

test('bands and all layers are saved as GeoTIFF', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  const batch = batchFile(project, 'train')
  const { window, started } = await start({ project })
  const dialog = await openPatch(window)
  const paths: string[] = []
  const shot = /\d+/.exec((await dialog.getByRole('heading').first().textContent()) ?? '')?.[0] ?? ''
  for (const [choice, ending] of [
    [/Sentinel-2 bands/, 'bands'],
    [/All layers/, 'all'],
  ] as const) {
    await dialog.getByRole('button', { name: 'Save as GeoTIFF' }).click()
    const { name, path } = await savedFile(started, folder, () =>
      window.page.getByRole('menuitem', { name: choice }).click(),
    )
    expect(name).toBe(`shot_${shot}_${ending}.tif`)
    paths.push(path)
  }
  for (const path of paths) expect((await readFile(path)).subarray(0, 4).toString('hex')).toBe('49492a00')
  if (!optionalTool('h5py') || !optionalTool('rasterio')) return
  const words = ['-c', COMPARED, batch, String(ROW), ...paths]
  expect(execFileSync(PYTHON, words, { encoding: 'utf8' }).trim()).toBe('same')
})

test('a sample that is gone is said so, in place of a file', async ({ start, folder, expected }) => {
  expected.push(/Failed to load resource.*(404|500)/)
  const project = await cutProject(folder, 'run')
  const { window } = await start({ project })
  const dialog = await openPatch(window)
  await dialog.getByRole('button', { name: 'Save as GeoTIFF' }).click()
  const landCover = window.page.getByRole('menuitem', { name: /Land cover/ })
  await expect(landCover).toBeVisible()
  await truncate(batchFile(project, 'train'), 1000)
  await landCover.click()
  await expect(window.page.getByRole('alert').first()).toBeVisible()
})

/** As when somebody comes back from another program. */
const comeBack = (page: Page): Promise<boolean> =>
  page.evaluate(() => window.dispatchEvent(new Event('focus')))

for (const [fate, harm, words] of [
  ['is damaged', (path: string) => truncate(path, 1000), 'truncated: it has 1000 of'],
  ['vanishes', (path: string) => rename(path, `${path}.away`), 'does not exist'],
] as const) {
  test(`a patch stays where it is when its batch ${fate}, with ways on`, async ({
    start,
    folder,
    face,
    expected,
  }) => {
    expected.push(/Failed to load resource.*(404|500)/)
    const project = await cutProject(folder, 'run')
    const batch = batchFile(project, 'train')
    const { window } = await start({ project })
    const { page } = window
    const dialog = await openPatch(window)
    await page.keyboard.press('ArrowRight')
    await expect(dialog.getByText('2 of 137')).toBeVisible()
    await expect(dialog.getByRole('img', { name: /of shot/ })).toHaveCount(9)
    const title = (await dialog.getByRole('heading').first().textContent()) ?? ''
    await harm(batch)
    await comeBack(page)
    await expect(dialog.getByText(/^This sample cannot be read any more\./)).toBeVisible()
    await expect(dialog.getByRole('alert')).toContainText(words)
    await expect(dialog.getByText('No longer in the list')).toBeVisible()
    await expect(dialog.getByRole('heading').first()).toHaveText(title)
    await picture(page, `${face}-patch-gone-${fate}`)
    // Nothing is marked: what is shown is not in the list.
    await page.keyboard.press('x')
    await noViolations(page)

    await dialog.getByRole('button', { name: 'Next patch' }).click()
    await expect(dialog.getByText('2 of 90')).toBeVisible()
    await expect(dialog.getByRole('img', { name: /of shot/ })).toHaveCount(9)
    await expect(dialog.getByRole('heading').first()).not.toHaveText(title)
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(page.getByRole('region', { name: 'Marks' })).toContainText('0 kept, 0 excluded')
  })
}

test('a patch that was gone comes back with its batch', async ({ start, folder, expected }) => {
  expected.push(/Failed to load resource.*(404|500)/)
  const project = await cutProject(folder, 'run')
  const batch = batchFile(project, 'train')
  const { window } = await start({ project })
  const dialog = await openPatch(window)
  await rename(batch, `${batch}.away`)
  await comeBack(window.page)
  await expect(dialog.getByText(/^This sample cannot be read any more\./)).toBeVisible()
  await rename(`${batch}.away`, batch)
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await expect(dialog.getByText('1 of 137')).toBeVisible()
  await expect(dialog.getByRole('img', { name: /of shot/ })).toHaveCount(9)
  await rename(batch, `${batch}.away`)
  await comeBack(window.page)
  await dialog.getByRole('button', { name: 'Back to the list' }).click()
  await expect(dialog).toBeHidden()
})

/** The colour of each WorldCover class, as in the colour table of its tiles. */
const COVER: Readonly<Record<number, readonly [number, number, number]>> = {
  10: [0, 100, 0],
  20: [255, 187, 34],
  30: [255, 255, 76],
  40: [240, 150, 255],
  50: [250, 0, 0],
  60: [180, 180, 180],
  80: [0, 100, 200],
}

test('a picture is saved as PNG in the colours of its layer', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  const content = await readDataset(batchFile(project, 'train'))
  const { window, started } = await start({ project })
  const dialog = await openPatch(window)
  const { name, path } = await savedFile(started, folder, () =>
    dialog.getByRole('button', { name: 'Save Land cover as PNG' }).click(),
  )
  const shot = String((content['GEDI Shot Number'] as BigInt64Array)[ROW])
  expect(name).toBe(`shot_${shot}_land-cover.png`)
  const { width, height, channels, data } = decode(await readFile(path))
  expect([width, height]).toEqual([256, 256])
  const cover = (content.WorldCover as Uint8Array).subarray(1024 * ROW, 1024 * (ROW + 1))
  const wrong: string[] = []
  for (let y = 0; y < 256; y++) {
    for (let x = 0; x < 256; x++) {
      const at = channels * (256 * y + x)
      const value = cover[32 * Math.floor(y / 8) + Math.floor(x / 8)]
      if (String(data.slice(at, at + 3)) !== String(COVER[value])) wrong.push(`${x}, ${y}`)
    }
  }
  expect(wrong).toEqual([])
  expect(new Set(cover).size).toBeGreaterThan(1)
})

test('the footprint is shown on the map of the run', async ({ start, folder, face }) => {
  const { window } = await start({ project: await cutProject(folder, 'run') })
  const { page } = window
  const dialog = await openPatch(window)
  await dialog.getByRole('button', { name: 'Show on the map' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1, name: 'Generate' })).toBeVisible()
  await expect(page.getByRole('main').locator('[aria-busy="false"] canvas').first()).toBeVisible()
  await picture(page, `${face}-footprint-on-map`)
})
