import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import { checksumsOfFile, packChecksums, unpackChecksums, type SampleChecksums } from './sample-checksums'
import { madeSamples } from './sample-fixtures'
import { createSamplesFile } from './samples-file'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'checksums-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function written(name: string, compression = 1): Promise<string> {
  const path = join(folder, name)
  const file = await createSamplesFile(path, { compression, slopeUnit: 'percent', attributes: {} })
  file.append(madeSamples(5))
  await file.close()
  return path
}

/** The samples whose checksums differ. */
function differing(a: SampleChecksums, b: SampleChecksums, kind: 'images' | 'columns'): number[] {
  return [...a[kind].keys()].filter((i) => a[kind][i] !== b[kind][i])
}

const H5PY = `
import h5py, json, sys, zlib
g = h5py.File(sys.argv[1])["data"]
images = ["Sentinel-2 L2A", "WorldCover", "CopDEM", "AGBD Raster"]
columns = ["Transforms", "CRS", "S2 SCL Stats", "Sentinel-2 Product Name", "WorldCover Tile Name", "CopDEM Tile Name", "AGBD Values",
  "AGBD Standard Error", "GEDI Product Name", "GEDI Shot Number", "GEDI Acquisition Time", "GEDI Delta Time", "GEDI Lat Lon"]
def images_of(i):
    return b"".join(g[k].id.read_direct_chunk((i,) + (0,) * (g[k].ndim - 1))[1] for k in images)
def columns_of(i):
    # Texts as they are stored, with their padding.
    return b"".join(g[k][i].tobytes() for k in columns)
n = len(g["CRS"])
print(json.dumps({"images": [zlib.crc32(images_of(i)) for i in range(n)], "columns": [zlib.crc32(columns_of(i)) for i in range(n)]}))
`

describe('checksums of samples', () => {
  it.skipIf(!optionalTool('h5py'))(
    'are those that Python makes of the stored chunks and of the columns',
    async () => {
      const path = await written('python.h5')
      const { images, columns } = checksumsOfFile(path)
      const found: unknown = JSON.parse(execFileSync(PYTHON, ['-c', H5PY, path], { encoding: 'utf8' }))
      expect({ images: [...images], columns: [...columns] }).toEqual(found)
    },
  )

  it('tell which sample has a flipped bit, and survive being packed', async () => {
    const path = await written('flipped.h5', 0)
    const before = checksumsOfFile(path)
    const bytes = readFileSync(path)
    // Without filters the altitudes of sample 2 stand in the file as they are.
    const at = bytes.indexOf(madeSamples(5).bytes('CopDEM', 2, 1))
    bytes[at + 99] ^= 4
    writeFileSync(path, bytes)
    const after = unpackChecksums(packChecksums(checksumsOfFile(path)))
    expect(differing(before, after, 'images')).toEqual([2])
    expect(differing(before, after, 'columns')).toEqual([])
    const shot = bytes.indexOf(madeSamples(5).bytes('GEDI Shot Number', 3, 1))
    bytes[shot] ^= 1
    writeFileSync(path, bytes)
    expect(differing(before, checksumsOfFile(path), 'columns')).toEqual([3])
  })

  it('of the columns do not depend on the compression', async () => {
    const [none, most] = [await written('none.h5', 0), await written('most.h5', 9)].map(checksumsOfFile)
    expect(differing(none, most, 'columns')).toEqual([])
    expect(differing(none, most, 'images')).toEqual([0, 1, 2, 3, 4])
  })
})
