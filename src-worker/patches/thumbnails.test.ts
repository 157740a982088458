import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PRESETS, STRETCHES, type Preset, type Stretch } from '../../src-shared/patches/presets'
import { renderPatch } from '../../src-shared/patches/render-patch'
import type { Thumbnails } from '../../src-shared/patches/thumbnails'
import { chunkIndex, forEachChunk, type StoredChunk } from '../hdf5/chunk-index'
import { RawFile } from '../hdf5/raw-file'
import { madeSamples } from '../hdf5/sample-fixtures'
import { referenceColumns, writeBatch } from './patches-fixture'
import { readPatchDetail } from './patch-detail'
import { SampleFiles } from './sample-files'
import { ThumbnailCache } from './thumbnail-cache'
import { drawThumbnails } from './thumbnails'

let folder: string
let batch: string
const files = new SampleFiles({ limit: 4, idle: 1000 })
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thumbnails-'))
  batch = await writeBatch(join(folder, 'batch.h5'), await referenceColumns('train', 8))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function thumbnails(file: string, rows: number[], preset: Preset, signal?: AbortSignal): Promise<Thumbnails> {
  const request = { file, rows, preset, stretch: 'fixed' as const }
  return drawThumbnails(files, request, signal ?? new AbortController().signal)
}

function chunksOf(path: string, dataset: string): StoredChunk[] {
  const file = new RawFile(path)
  const chunks: StoredChunk[] = []
  try {
    forEachChunk(file, chunkIndex(file, dataset), 0, Infinity, (chunk) => chunks.push(chunk) > 0)
  } finally {
    file.close()
  }
  return chunks
}

describe('thumbnails', () => {
  it.each(Object.keys(PRESETS) as Preset[])(
    'are the picture that is drawn from the record of the sample (%s)',
    async (preset) => {
      for (const stretch of Object.keys(STRETCHES) as Stretch[]) {
        const request = { file: batch, rows: [5, 0], preset, stretch }
        const { images, faults } = await drawThumbnails(files, request, new AbortController().signal)
        expect([images.length, faults]).toEqual([2, []])
        for (const [k, row] of request.rows.entries()) {
          const picture = decode(images[k] ?? new Uint8Array())
          const detail = await readPatchDetail(files, { file: batch, row })
          expect(picture).toMatchObject({ width: 32, height: 32, channels: 4, depth: 8 })
          expect(Buffer.from(picture.data.buffer)).toEqual(Buffer.from(renderPatch(detail, preset, stretch)))
        }
      }
    },
  )

  it('come in the order of the rows, as often as they are asked for, each in memory of its own', async () => {
    const { images, version } = await thumbnails(batch, [2, 1, 2], 'true-colour')
    expect(images[2]).toEqual(images[0])
    expect(images[1]).not.toEqual(images[0])
    for (const image of images) expect(image?.buffer.byteLength).toBe(image?.byteLength)
    expect(version).toBe((await readPatchDetail(files, { file: batch, row: 0 })).version)
    expect((await thumbnails(batch, [], 'slope')).images).toEqual([])
  })

  it('are refused when one of the rows does not exist', async () => {
    await expect(thumbnails(batch, [0, 8], 'scl')).rejects.toMatchObject({
      tag: 'dataset-invalid',
      file: batch,
      context: { row: 8, samples: 8 },
    })
  })

  it('leave out a sample whose chunk is damaged, and say so; other layers of it can be drawn', async () => {
    const path = await writeBatch(join(folder, 'damaged.h5'), madeSamples(6))
    const bytes = readFileSync(path)
    const { at } = chunksOf(path, 'data/CopDEM')[3]
    writeFileSync(path, bytes.fill(0xee, at + 100, at + 120))
    const { images, faults } = await thumbnails(path, [2, 3, 4], 'slope')
    expect(images.map((image) => image !== null)).toEqual([true, false, true])
    expect(faults).toEqual([
      { row: 3, error: expect.objectContaining({ tag: 'hdf5-read', file: path }) as unknown },
    ])
    expect((await thumbnails(path, [3], 'true-colour')).faults).toEqual([])
  })

  it('can be left in the middle', async () => {
    const controller = new AbortController()
    let asked = 0
    class LeavingCache extends ThumbnailCache {
      override get(key: string): Uint8Array<ArrayBuffer> | undefined {
        if (++asked === 30) controller.abort()
        return super.get(key)
      }
    }
    const rows = Array.from({ length: 400 }, (_, k) => k % 8)
    const request = { file: batch, rows, preset: 'true-colour', stretch: 'fixed' } as const
    const drawing = drawThumbnails(files, request, controller.signal, new LeavingCache())
    await expect(drawing).rejects.toMatchObject({ tag: 'cancelled' })
    expect(asked).toBeLessThan(100)
    expect((await thumbnails(batch, [0], 'true-colour')).images).toHaveLength(1)
  })
})
