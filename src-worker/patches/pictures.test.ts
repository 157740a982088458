import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import { PRESETS, STRETCHES, type Preset, type Stretch } from '../../src-shared/patches/presets'
import { madeSamples } from '../hdf5/sample-fixtures'
import { SampleColumns } from '../hdf5/sample-columns'
import { referenceColumns, writeBatch } from './patches-fixture'
import { SampleFiles } from './sample-files'
import { drawThumbnails } from './thumbnails'

const ORACLE = join(import.meta.dirname, 'pictures_oracle.py')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pictures-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Samples of the sample world, and made-up rough ones with holes. */
async function samples(): Promise<SampleColumns> {
  const columns = new SampleColumns(12)
  columns.appendFrom(await referenceColumns('train', 6), 0, 6)
  columns.appendFrom(madeSamples(6), 0, 6)
  columns.uint16('Sentinel-2 L2A', 7).fill(0, 1024, 1024 + 300)
  columns.uint16('Sentinel-2 L2A', 8).fill(0, 3 * 1024, 3 * 1024 + 200)
  columns.uint16('Sentinel-2 L2A', 8).fill(0, 7 * 1024, 7 * 1024 + 100)
  for (const layer of [1, 2, 3, 7, 8, 11])
    columns.uint16('Sentinel-2 L2A', 9).fill(0, layer * 1024, layer * 1024 + 64)
  columns.uint8('WorldCover', 10).fill(0, 0, 40)
  columns.uint16('Sentinel-2 L2A', 10).set(Array.from({ length: 1024 }, (_, pixel) => pixel % 13))
  return columns
}

const tools = (['h5py', 'rasterio', 'gdal'] as const).every(optionalTool)

describe.skipIf(!tools)('pictures', () => {
  it.each(['percent', 'degrees'] as const)(
    'are those of numpy and GDAL (slopes in %s)',
    async (slopeUnit) => {
      const batch = await writeBatch(join(folder, `${slopeUnit}.h5`), await samples(), slopeUnit)
      const pictures = join(folder, slopeUnit)
      mkdirSync(pictures)
      const rows = Array.from({ length: 12 }, (_, row) => row)
      const files = new SampleFiles({ limit: 1, idle: 1000 })
      for (const preset of Object.keys(PRESETS) as Preset[]) {
        for (const stretch of Object.keys(STRETCHES) as Stretch[]) {
          const request = { file: batch, rows, preset, stretch }
          const { images } = await drawThumbnails(files, request, new AbortController().signal)
          for (const [row, image] of images.entries()) {
            if (image === null) throw new Error(`no picture of sample ${row}`)
            writeFileSync(join(pictures, `${preset}-${stretch}-${row}.png`), image)
          }
        }
      }
      // Maps become lists of pairs.
      const presets = JSON.stringify(PRESETS, (_, value: unknown) =>
        value instanceof Map ? [...value] : value,
      )
      const answer = execFileSync(PYTHON, [ORACLE, batch, presets, pictures], { encoding: 'utf8' })
      const differences = JSON.parse(answer) as Record<string, number>
      const expected = Object.entries(PRESETS).flatMap(([preset, definition]) =>
        Object.keys(STRETCHES).map((stretch): [string, number] => {
          // Ramps are cut into 256 steps, and gdaldem rounds the light to as many.
          const tolerance = definition.kind === 'composite' ? 0.51 : definition.kind === 'ramp' ? 3.5 : 0
          return [`${preset}-${stretch}`, tolerance]
        }),
      )
      expect(Object.keys(differences).sort()).toEqual(expected.map(([key]) => key).sort())
      for (const [key, tolerance] of expected) expect(differences[key], key).toBeLessThanOrEqual(tolerance)
    },
  )
})
