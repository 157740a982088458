import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { optionalTool, realFile } from '../../../e2e/tools'
import { StudioError } from '../../../src-shared/errors/studio-error'
import { BlockCache } from '../block-cache'
import { BlockRaster, zeroCounters } from '../block-raster'
import type { ByteSource } from '../byte-source'
import { openFileSource } from '../file-source'
import { NeededBlocks } from '../needed-blocks'
import type { Pixels } from '../pixels'
import { blocksOf, readRect, type PixelRect } from '../window-read'
import { SOT } from './coding'

const { signal } = new AbortController()
const folder = mkdtempSync(join(tmpdir(), 'jp2-'))
const opened: ByteSource[] = []
afterEach(async () => {
  for (const source of opened.splice(0)) await source.close()
})
afterAll(() => rmSync(folder, { recursive: true }))
const WHOLE: PixelRect = { col: 0, row: 0, width: 70, height: 50 }

function fixture(name: string): Buffer {
  return readFileSync(resolve(import.meta.dirname, '../fixtures', name))
}

/** What fixtures/make_jp2_fixtures.py wrote. */
function written(name: string): number[] {
  return Array.from({ length: 70 * 50 }, (_, i) => {
    const base = ((i % 70) * 37 + Math.floor(i / 70) * 101) % 5003
    return name.startsWith('uint8') ? base % 251 : base
  })
}

async function open(path: string): Promise<BlockRaster> {
  const source = await openFileSource(path)
  opened.push(source)
  return BlockRaster.open(source, new BlockCache(1 << 26), zeroCounters(), new NeededBlocks(), signal)
}

/** A raster whose file holds these bytes. */
async function openBytes(name: string, bytes: Uint8Array): Promise<BlockRaster> {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return open(path)
}

async function read(raster: BlockRaster, rect: PixelRect = WHOLE): Promise<number[]> {
  const out: Pixels = new Uint16Array(rect.width * rect.height)
  const blocks = [...blocksOf(raster, rect)].map(({ block }) => block)
  const loaded = await raster.load(blocks, signal)
  const pixels = (_: BlockRaster, block: number): Pixels => {
    const found = loaded.get(block)
    if (found instanceof StudioError) throw found
    return found ?? out
  }
  readRect(raster, rect, { pixels }, out)
  return [...out]
}

/** Offsets of the tile-parts of a fixture. */
function tileParts(bytes: Buffer): { offset: number; length: number }[] {
  const parts: { offset: number; length: number }[] = []
  let offset = bytes.indexOf(Buffer.of(SOT >> 8, SOT & 255, 0, 10))
  while (bytes.readUInt16BE(offset) === SOT) {
    const length = bytes.readUInt32BE(offset + 6)
    parts.push({ offset, length })
    offset += length
  }
  return parts
}

const lossless = [
  'uint16_15bit.jp2',
  'uint16.jp2',
  'uint8_gml.jp2',
  'uint16_tlm_plt.jp2',
  'uint16_tileparts.jp2',
  'uint16_nowhere.jp2',
  'uint16_bare.j2k',
]

describe('JPEG 2000 files that GDAL wrote', () => {
  it.each(lossless)('read back as written, tile by tile: %s', async (name) => {
    const raster = await openBytes(name, fixture(name))
    expect(raster.layout).toMatchObject({
      width: 70,
      height: 50,
      blockWidth: 32,
      blockHeight: 32,
      blocksAcross: 3,
    })
    expect(await read(raster)).toEqual(written(name))
  })

  it.each(['uint16_15bit.jp2', 'uint16.jp2', 'uint8_gml.jp2', 'uint16_tlm_plt.jp2'])(
    'lie where GeoJP2, else GMLJP2, says: %s',
    async (name) => {
      const { layout } = await openBytes(name, fixture(name))
      expect(layout).toMatchObject({ x0: 600000, y0: 5300020, dx: 10, dy: -10, epsg: 32632 })
    },
  )

  it('lie nowhere where no box says', async () => {
    for (const name of ['uint16_nowhere.jp2', 'uint16_bare.j2k']) {
      const { layout } = await openBytes(name, fixture(name))
      expect(layout).toMatchObject({ x0: NaN, y0: NaN, dx: NaN, dy: NaN, epsg: null })
    }
  })

  it('are read alike where the tile-parts of a tile lie apart', async () => {
    const bytes = fixture('uint16_tileparts.jp2')
    const parts = tileParts(bytes)
    const first = parts[0].offset
    const end = bytes.length - 2
    const number = (part: { offset: number }): number => bytes[part.offset + 10]
    const sorted = parts.toSorted((a, b) => number(a) - number(b) || a.offset - b.offset)
    const apart = Buffer.concat([
      bytes.subarray(0, first),
      ...sorted.map(({ offset, length }) => bytes.subarray(offset, offset + length)),
      bytes.subarray(end),
    ])
    const raster = await openBytes('apart.jp2', apart)
    expect(raster.layout.rangesOf(1)).toHaveLength(3)
    expect(await read(raster)).toEqual(written('uint16'))
  })

  it('are read alike where the last tile-part does not say how long it is', async () => {
    for (const name of ['uint16_15bit.jp2', 'uint16_bare.j2k']) {
      const bytes = fixture(name)
      bytes.writeUInt32BE(0, (tileParts(bytes).at(-1)?.offset ?? 0) + 6)
      // The last box may not say either.
      const box = bytes.indexOf('jp2c') - 4
      if (box > 0) bytes.writeUInt32BE(0, box)
      expect(await read(await openBytes(`open-end-${name}`, bytes))).toEqual(written(name))
    }
  })

  it('are read alike where the table of lengths is wrong', async () => {
    const bytes = fixture('uint16_tlm_plt.jp2')
    const table = bytes.indexOf(Buffer.of(0xff, 0x55))
    bytes[table + 2 + bytes.readUInt16BE(table + 2) - 1] += 4
    expect(await read(await openBytes('wrong-table.jp2', bytes))).toEqual(written('uint16'))
  })

  it('are opened with one read where the table of lengths is there and the header short', async () => {
    const source = await openFileSource(resolve(import.meta.dirname, '../fixtures/uint16_tlm_plt.jp2'))
    let reads = 0
    const counting: ByteSource = {
      name: source.name,
      read: (ranges, aborted) => (reads++, source.read(ranges, aborted)),
      close: () => source.close(),
    }
    const raster = await BlockRaster.open(
      counting,
      new BlockCache(1 << 20),
      zeroCounters(),
      new NeededBlocks(),
      signal,
    )
    expect(reads).toBe(1)
    await raster.close()
  })
})

describe('a damaged JPEG 2000 file', () => {
  const inTile = (tile: number): PixelRect => ({
    col: (tile % 3) * 32,
    row: tile > 2 ? 32 : 0,
    width: 5,
    height: 5,
  })
  const errorOf = (raster: BlockRaster, tile: number): Promise<unknown> =>
    read(raster, inTile(tile)).catch((error: unknown) => error)

  it('fails in the tile that is damaged, with file and number, and the others can be read', async () => {
    const bytes = fixture('uint16_15bit.jp2')
    const { offset, length } = tileParts(bytes)[4]
    bytes.fill(0xff, offset + 14, offset + length)
    const raster = await openBytes('damaged.jp2', bytes)
    expect(await errorOf(raster, 4)).toMatchObject({
      tag: 'raster-corrupt',
      file: join(folder, 'damaged.jp2'),
      context: { block: 4 },
    })
    expect((await read(raster, inTile(3)))[0]).toBe(written('uint16')[32 * 70])
    expect((await read(raster, inTile(5)))[0]).toBe(written('uint16')[32 * 70 + 64])
  })

  it('that ends too early fails where it ends, and before that can be read', async () => {
    for (const name of ['uint16_15bit.jp2', 'uint16_tlm_plt.jp2', 'uint16_tileparts.jp2']) {
      const bytes = fixture(name)
      const parts = tileParts(bytes)
      const { offset } = parts[Math.floor(parts.length / 2)]
      const raster = await openBytes(`short-${name}`, bytes.subarray(0, offset + 20))
      expect(await read(raster, inTile(0))).toHaveLength(25)
      expect(await errorOf(raster, 3)).toMatchObject({ tag: 'raster-corrupt', context: { block: 3 } })
      expect(await errorOf(raster, 5)).toMatchObject({ tag: 'raster-corrupt', context: { block: 5 } })
    }
  })

  it('of which a tile-part is missing fails, instead of giving coarser pixels', async () => {
    const bytes = fixture('uint16_tileparts.jp2')
    const { offset, length } = tileParts(bytes)[2]
    const raster = await openBytes(
      'part-missing.jp2',
      Buffer.concat([bytes.subarray(0, offset), bytes.subarray(offset + length)]),
    )
    expect(await errorOf(raster, 0)).toMatchObject({ tag: 'raster-corrupt' })
  })

  it('fails in the tile that has a hole of zeros, which decoders make pixels of', async () => {
    const bytes = fixture('uint16_15bit.jp2')
    const { offset, length } = tileParts(bytes)[4]
    const hole = Buffer.concat([
      bytes.subarray(0, offset + length),
      Buffer.alloc(10_000),
      bytes.subarray(offset + length),
    ])
    hole.writeUInt32BE(length + 10_000, offset + 6)
    const box = hole.indexOf('jp2c') - 4
    hole.writeUInt32BE(hole.readUInt32BE(box) + 10_000, box)
    const raster = await openBytes('hole.jp2', hole)
    expect(await errorOf(raster, 4)).toMatchObject({ tag: 'raster-corrupt', context: { block: 4 } })
    expect((await read(raster, inTile(5)))[0]).toBe(written('uint16')[32 * 70 + 64])
  })

  it('never ends the process, and what is read is right or an error, whatever bytes its headers hold', async () => {
    const original = fixture('uint16_tlm_plt.jp2')
    const begin = original.indexOf(Buffer.of(0xff, 0x4f, 0xff, 0x51))
    const end = tileParts(original)[0].offset + 20
    for (let at = 0; at < end; at += 1) {
      if (at > 40 && at < begin - 8) continue
      const bytes = Buffer.from(original)
      bytes[at] ^= 0xff
      try {
        await read(await openBytes('fuzz.jp2', bytes), inTile(1))
      } catch (error) {
        expect(error).toBeInstanceOf(StudioError)
        expect(['raster-unreadable', 'raster-corrupt']).toContain((error as StudioError).tag)
      }
    }
  })

  it.each([
    ['cut within its header', (bytes: Buffer) => bytes.subarray(0, bytes.indexOf('jp2c') + 20)],
    ['with its first box alone', (bytes: Buffer) => bytes.subarray(0, 12)],
    ['without a codestream', (bytes: Buffer) => bytes.subarray(0, bytes.indexOf('jp2c') - 4)],
  ])('is no raster: %s', async (name, cut) => {
    const error = await openBytes(`${name}.jp2`, cut(fixture('uint16_15bit.jp2'))).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ tag: 'raster-unreadable', file: join(folder, `${name}.jp2`) })
  })
})

/** Pixels of a file as GDAL reads them, 8 or 16 bits each. */
function gdalPixels(path: string, type: 'Byte' | 'UInt16'): Buffer {
  const raw = join(folder, 'gdal.raw')
  const args = ['-q', '-of', 'ENVI', '-ot', type, path, raw]
  expect(spawnSync('gdal_translate', args).status).toBe(0)
  return readFileSync(raw)
}

const scl = realFile('jp2/SCL_20m.jp2')

describe.skipIf(scl === null || !optionalTool('gdal'))('the real SCL layer', () => {
  it('reads as GDAL reads it, and lies where GDAL says', async () => {
    const raster = await open(scl ?? '')
    expect(raster.layout).toMatchObject({ width: 1830, height: 1830, blockWidth: 192, sampleType: 'uint8' })
    expect(raster.layout).toMatchObject({ x0: 499980, y0: 1200040, dx: 60, dy: -60, epsg: 32701 })
    const pixels = await read(raster, { col: 0, row: 0, width: 1830, height: 1830 })
    expect(Buffer.from(pixels).equals(gdalPixels(scl ?? '', 'Byte'))).toBe(true)
  })
})

describe.skipIf(!optionalTool('gdal'))('a raster that GDAL encodes now', () => {
  it.each([
    ['lossless', ['-co', 'REVERSIBLE=YES', '-co', 'QUALITY=100', '-co', 'PRECINCTS={64,64},{64,64}']],
    [
      'lossless, markers within',
      ['-co', 'REVERSIBLE=YES', '-co', 'QUALITY=100', '-co', 'SOP=YES', '-co', 'EPH=YES'],
    ],
    ['lossy', ['-co', 'REVERSIBLE=NO', '-co', 'QUALITY=20,50']],
  ])('reads as GDAL reads it, with edges of odd size: %s', async (_, options) => {
    const [tif, jp2] = [join(folder, 'source.tif'), join(folder, 'encoded.jp2')]
    const source = resolve(import.meta.dirname, '../fixtures/uint16_deflate.tif')
    const tile = ['-co', 'BLOCKXSIZE=96', '-co', 'BLOCKYSIZE=80']
    spawnSync('gdal_translate', ['-q', '-outsize', '325', '243', '-r', 'bilinear', source, tif])
    const made = spawnSync('gdal_translate', ['-q', '-of', 'JP2OpenJPEG', ...tile, ...options, tif, jp2])
    expect(String(made.stderr)).toBe('')
    const raster = await open(jp2)
    expect(raster.layout).toMatchObject({ blockWidth: 96, blockHeight: 80, blocksAcross: 4, blocksDown: 4 })
    const pixels = await read(raster, { col: 0, row: 0, width: 325, height: 243 })
    expect(Buffer.from(Uint16Array.from(pixels).buffer).equals(gdalPixels(jp2, 'UInt16'))).toBe(true)
  })
})
