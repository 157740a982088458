import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { realFile } from '../../e2e/tools'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { BlockRaster } from './block-raster'
import type { Pixels } from './decode-block'
import { localPace } from './reading-pace'
import { RasterPool } from './raster-pool'
import { cutInWaves } from './waves'
import { blocksOf, readRect, type PixelRect } from './window-read'

const fixture = (name: string): string => resolve(import.meta.dirname, 'fixtures', name)
const { signal } = new AbortController()
const folder = mkdtempSync(join(tmpdir(), 'raster-'))
const pool = new RasterPool(1 << 24)
afterAll(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

const ORIGIN = { collection: null, item: 'fixture' }

/** What fixtures/make_fixtures.py wrote with GDAL. */
function written(name: string, col: number, row: number): number {
  const base = (col * 37 + row * 101) % 5003
  return name.startsWith('uint8') ? base % 251 : name.startsWith('float') ? base / 8 : base
}

async function readAll(raster: BlockRaster, rect: PixelRect, out: Pixels): Promise<void> {
  const failures: StudioError[] = []
  await cutInWaves(
    [rect],
    (item) => blocksOf(raster, item),
    (item, blocks) => readRect(raster, item, blocks, out),
    (_, error) => failures.push(error),
    localPace(),
    signal,
  )
  if (failures.length > 0) throw failures[0]
}

describe('blocks that several ask for at the same time', () => {
  it('are read and decoded once', async () => {
    const pool = new RasterPool(1 << 20)
    const raster = await pool.raster(fixture('uint16_deflate_predictor2.tif'), ORIGIN, signal)
    const [first, second] = await Promise.all([raster.load([0, 1], signal), raster.load([1, 2], signal)])
    expect(second.get(1)).toBe(first.get(1))
    expect([...second.keys()].sort()).toEqual([1, 2])
    expect(pool.counters).toMatchObject({ blocksNeeded: 3, blocksDecoded: 3 })
    await pool.close()
  })
})

describe('TIFF files that GDAL wrote', () => {
  it.each([
    'uint16_deflate_predictor2.tif',
    'uint16_deflate.tif',
    'uint16_lzw_predictor2_strips.tif',
    'uint16_none_strips.tif',
    'uint16_deflate_predictor2_bigendian.tif',
    'uint16_bigtiff.tif',
    'uint16_zstd_predictor2.tif',
    'uint8_deflate_predictor2.tif',
    'int16_deflate_predictor2.tif',
    'float32_deflate_predictor3.tif',
    'float32_lzw_predictor3.tif',
    'float32_deflate_predictor2.tif',
    'float64_deflate_predictor3.tif',
    'float32_none_bigendian.tif',
  ])('read back as written: %s', async (name) => {
    const raster = await pool.raster(fixture(name), ORIGIN, signal)
    const out = new Float64Array(70 * 50)
    await readAll(raster, { col: 0, row: 0, width: 70, height: 50 }, out)
    const expected = Float64Array.from(out, (_, i) => written(name, i % 70, Math.floor(i / 70)))
    expect(out).toEqual(expected)
    expect(raster.layout).toMatchObject({
      width: 70,
      height: 50,
      x0: 600000,
      y0: 5300020,
      dx: 10,
      dy: -10,
      epsg: 32632,
    })
  })

  it('give a window across blocks and beyond the edges, leaving what is outside as it was', async () => {
    const raster = await pool.raster(fixture('uint16_deflate_predictor2.tif'), ORIGIN, signal)
    const rect = { col: -3, row: 40, width: 80, height: 15 }
    const out = new Uint16Array(rect.width * rect.height).fill(65535)
    await readAll(raster, rect, out)
    for (let i = 0; i < out.length; i++) {
      const [col, row] = [rect.col + (i % rect.width), rect.row + Math.floor(i / rect.width)]
      const inside = col >= 0 && col < 70 && row < 50
      expect(out[i]).toBe(inside ? written('uint16', col, row) : 65535)
    }
  })

  it('have no data in blocks that were left out', async () => {
    const raster = await pool.raster(fixture('uint16_sparse.tif'), ORIGIN, signal)
    const out = new Uint16Array(70 * 50)
    await readAll(raster, { col: 0, row: 0, width: 70, height: 50 }, out)
    expect(out[0]).toBe(9)
    expect(out[25 * 70 + 45]).toBe(7)
    expect(raster.layout.nodata).toBe(9)
  })

  it('lie half a pixel off their tie point where they are PixelIsPoint', async () => {
    const { layout } = await pool.raster(fixture('float32_point.tif'), ORIGIN, signal)
    expect(layout.x0).toBeCloseTo(8 - 0.5 / 3600, 12)
    expect(layout.y0).toBeCloseTo(48 + 0.5 / 3600, 12)
    expect(layout.epsg).toBe(4326)
  })
})

describe('each block', () => {
  it('is decoded once, and counted as needed once', async () => {
    const counting = new RasterPool(1 << 24)
    const raster = await counting.raster(fixture('uint16_deflate_predictor2.tif'), ORIGIN, signal)
    const out = new Uint16Array(70 * 50)
    await readAll(raster, { col: 0, row: 0, width: 33, height: 16 }, out)
    await readAll(raster, { col: 0, row: 0, width: 70, height: 17 }, out)
    expect(counting.counters).toMatchObject({ blocksNeeded: 6, blocksDecoded: 6 })
    await counting.beginWork()
    await readAll(raster, { col: 0, row: 0, width: 70, height: 17 }, out)
    expect(counting.counters).toMatchObject({ blocksNeeded: 0, blocksDecoded: 0, bytesRead: 0 })
    await counting.close()
  })

  it('that is damaged fails with file and number, and the others can be read', async () => {
    const path = join(folder, 'damaged.tif')
    const bytes = readFileSync(fixture('uint16_deflate_predictor2.tif'))
    const { layout } = await pool.raster(fixture('uint16_deflate_predictor2.tif'), ORIGIN, signal)
    const [{ offset, length }] = layout.rangesOf(4)
    bytes.fill(0xa5, offset, offset + length)
    writeFileSync(path, bytes)
    const raster = await pool.raster(path, ORIGIN, signal)
    const out = new Uint16Array(32 * 16)
    await readAll(raster, { col: 0, row: 0, width: 32, height: 16 }, out)
    expect(out[33]).toBe(written('uint16', 1, 1))
    const failed = await readAll(raster, { col: 40, row: 20, width: 1, height: 1 }, out).catch(
      (error: unknown) => error,
    )
    expect(failed).toMatchObject({ tag: 'raster-corrupt', file: path, context: { block: 4 } })
  })

  it('beyond the end of a truncated file fails likewise', async () => {
    const path = join(folder, 'truncated.tif')
    copyFileSync(fixture('uint16_deflate_predictor2.tif'), path)
    const { layout } = await pool.raster(fixture('uint16_deflate_predictor2.tif'), ORIGIN, signal)
    const last = layout.blocksAcross * layout.blocksDown - 1
    truncateSync(path, layout.rangesOf(last)[0].offset + 5)
    const raster = await pool.raster(path, ORIGIN, signal)
    const failed = await readAll(raster, { col: 69, row: 49, width: 1, height: 1 }, new Uint16Array(1)).catch(
      (error: unknown) => error,
    )
    expect(failed).toMatchObject({ tag: 'raster-corrupt', file: path })
  })
})

describe('a file that is no raster', () => {
  it.each([
    ['empty', ''],
    ['text', 'not a tiff at all, but long enough to be looked at'],
    ['html', '<!DOCTYPE html><html><body>404</body></html>'],
  ])('is named, with what to do: %s', async (name, content) => {
    const path = join(folder, `${name}.tif`)
    writeFileSync(path, content)
    const error = await pool.raster(path, ORIGIN, signal).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(StudioError)
    expect(error).toMatchObject({ tag: 'raster-unreadable', file: path })
  })

  it('or that does not exist', async () => {
    const error = await pool
      .raster(join(folder, 'none.tif'), ORIGIN, signal)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ tag: 'raster-unreadable' })
  })
})

const dem = realFile('copdem/Copernicus_DSM_COG_10_N00_00_E006_00_DEM.tif')
const cover = realFile('worldcover/ESA_WorldCover_10m_2020_v100_N00E006_Map.tif')

describe.skipIf(dem === null || cover === null)('the real tiles', () => {
  it('have the layout that gdalinfo shows', async () => {
    const terrain = await pool.raster(dem ?? '', ORIGIN, signal)
    expect(terrain.layout).toMatchObject({
      width: 3600,
      height: 3600,
      blockWidth: 1024,
      sampleType: 'float32',
      nodata: null,
    })
    expect(terrain.layout.x0).toBeCloseTo(5.999861111111111, 12)
    expect(terrain.layout.y0).toBeCloseTo(1.0001388888888889, 12)
    const landcover = await pool.raster(cover ?? '', ORIGIN, signal)
    expect(landcover.layout).toMatchObject({
      width: 36000,
      height: 36000,
      x0: 6,
      y0: 3,
      sampleType: 'uint8',
      nodata: 0,
    })
  })
})
