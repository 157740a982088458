import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DATASETS } from '../../src-shared/dataset/datasets'
import { quietContext } from '../process/context'
import { ALL_DATASETS } from '../hdf5/dataset-choice'
import { digests } from '../hdf5/digest-fixtures'
import { withHdf5 } from '../hdf5/file-reader'
import { fuseSamples } from './fuse'
import type { FusePart } from './fuse-order'
import { checksumsOfFile } from '../hdf5/sample-checksums'
import { SampleColumns } from '../hdf5/sample-columns'
import { madeSamples } from '../hdf5/sample-fixtures'
import { createSamplesFile, datasetPath } from '../hdf5/samples-file'
import { StoredSamples, type ImagePlaces } from '../hdf5/stored-samples'
import { checkFused } from './check-fused'
import { ImageReaders } from './image-readers'
import { randomOrder, spatialOrder } from './training-order'

const OPTIONS = {
  compression: 1,
  slopeUnit: 'percent',
  attributes: { seed: 7 },
  verification: 'full',
  order: 'subset',
  seed: 7,
} as const

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuse-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A batch file whose sample i is the made sample of its index. */
async function batch(name: string, indices: readonly number[], compression = 1): Promise<FusePart> {
  const path = join(folder, name)
  const columns = new SampleColumns(Math.max(indices.length, 1))
  for (const index of indices) columns.appendFrom(madeSamples(1, index), 0, 1)
  const file = await createSamplesFile(path, { ...OPTIONS, compression, attributes: { part: name } })
  file.append(columns)
  await file.close()
  return { path, indices, checksums: checksumsOfFile(path) }
}

async function written(name: string, indices: readonly number[]): Promise<void> {
  const path = join(folder, name)
  const file = await createSamplesFile(path, OPTIONS)
  for (const index of indices) file.append(madeSamples(1, index))
  await file.close()
}

const digestsOf = (path: string): Promise<Record<string, string>> => withHdf5(path, digests)

function placesOf(path: string): ImagePlaces {
  const file = new StoredSamples(path, ALL_DATASETS)
  try {
    return file.places(0, file.samples)
  } finally {
    file.close()
  }
}

function leftovers(name: string): string[] {
  return readdirSync(folder).filter((file) => file.startsWith(name))
}

describe('fusing batch files', () => {
  it('gives the same values as writing all samples in order, from parts of any compression', async () => {
    const indices = [900, 3, 17, 5, 4, 1200, 2, 40, 41, 39, 0]
    const parts = [
      await batch('a.h5', indices.slice(0, 4)),
      await batch('b.h5', [], 1),
      await batch('c.h5', indices.slice(4, 7), 0),
      await batch('d.h5', indices.slice(7), 9),
    ]
    const output = join(folder, 'fused.h5')
    const progress: number[] = []
    const context = { ...quietContext(), progress: (done: number) => progress.push(done) }
    expect(await fuseSamples(parts, output, OPTIONS, context)).toEqual({ samples: 11 })
    const sorted = [...indices].sort((a, b) => a - b)
    await written('direct.h5', sorted)
    expect(await digestsOf(output)).toEqual(await digestsOf(join(folder, 'direct.h5')))
    expect(progress).toEqual([0, 11])
    expect(leftovers('fused')).toEqual(['fused.h5'])
  })

  it.each(['subset', 'spatial', 'random'] as const)(
    'without some samples is as if they had never been cut, in %s order',
    async (order) => {
      const whole = [
        await batch(`${order}-whole-a.h5`, [4, 0, 7, 2]),
        await batch(`${order}-whole-b.h5`, [1, 6, 3], 9),
      ]
      const parts = [
        { ...whole[0], leaveOut: new Set([1, 3]) },
        { ...whole[1], leaveOut: new Set([0]) },
      ]
      const output = join(folder, `${order}-without.h5`)
      expect(await fuseSamples(parts, output, { ...OPTIONS, order }, quietContext())).toEqual({ samples: 4 })
      const fewer = [await batch(`${order}-few-a.h5`, [4, 7]), await batch(`${order}-few-b.h5`, [6, 3])]
      const expected = join(folder, `${order}-fewer.h5`)
      await fuseSamples(fewer, expected, { ...OPTIONS, order }, quietContext())
      expect(await digestsOf(output)).toEqual(await digestsOf(expected))
    },
  )

  it('of which none is left over, or whose damaged sample is left out, is whole', async () => {
    const part = await batch('spoilt.h5', [4, 2, 9])
    const { at, bytes } = placesOf(part.path)
    const spoilt = readFileSync(part.path)
    spoilt[at[1 * 4] + Math.floor(bytes[1 * 4] / 2)] ^= 16
    writeFileSync(part.path, spoilt)
    const output = join(folder, 'spoilt-out.h5')
    await expect(fuseSamples([part], output, OPTIONS, quietContext())).rejects.toMatchObject({
      file: part.path,
    })
    const some = { ...part, leaveOut: new Set([1]) }
    expect(await fuseSamples([some], output, OPTIONS, quietContext())).toEqual({ samples: 2 })
    const none = { ...part, leaveOut: new Set([0, 1, 2]) }
    expect(await fuseSamples([none], output, OPTIONS, quietContext())).toEqual({ samples: 0 })
  })

  it('joins more files than are open at a time, over several blocks', async () => {
    const count = 1030
    const fileCount = 40
    const parts: FusePart[] = []
    for (let k = 0; k < fileCount; k++) {
      const indices = Array.from({ length: count }, (_, i) => (i * 617) % count).filter(
        (_, i) => i % fileCount === k,
      )
      parts.push(await batch(`many-${k}.h5`, indices, 0))
    }
    const output = join(folder, 'many.h5')
    expect(await fuseSamples(parts, output, { ...OPTIONS, compression: 0 }, quietContext())).toEqual({
      samples: count,
    })
    await withHdf5(output, (file) => {
      const expected = madeSamples(count)
      for (const { name } of DATASETS) {
        const found = new Uint8Array(expected.bytes(name).length)
        file.readInto(datasetPath(name), found)
        expect(Buffer.compare(found, expected.bytes(name)), name).toBe(0)
      }
    })
  }, 120_000)

  it('makes a valid file of nothing', async () => {
    const output = join(folder, 'nothing.h5')
    expect(await fuseSamples([], output, OPTIONS, quietContext())).toEqual({ samples: 0 })
    await withHdf5(output, (file) => expect(file.shape('data/CRS')).toEqual([0, 1]))
  })

  it('stops when it is cancelled and leaves nothing', async () => {
    const part = await batch(
      'long.h5',
      Array.from({ length: 600 }, (_, i) => i),
      0,
    )
    const controller = new AbortController()
    const context = {
      ...quietContext(controller.signal),
      progress: (done: number) => done > 0 && controller.abort(),
    }
    const output = join(folder, 'cancelled.h5')
    await expect(fuseSamples([part], output, OPTIONS, context)).rejects.toMatchObject({ tag: 'cancelled' })
    expect(leftovers('cancelled')).toEqual([])
  })
})

describe('checks of a fuse', () => {
  it('finds a flipped bit in an image chunk without decompressing it, and names file and sample', async () => {
    const part = await batch('flip.h5', [4, 2, 9])
    // The images of the last sample lie behind those of the others; a bit in the middle is one of them.
    const bytes = readFileSync(part.path)
    const { at } = placesOf(part.path)
    bytes[at[2 * 4] + 5000] ^= 16
    writeFileSync(part.path, bytes)
    // Where all of the result is read again, and where it is too large for that and chunks are checked on their way.
    for (const extent of [{ verification: 'full' }, { verification: 'sampled', wholeBytes: 1 }] as const) {
      await expect(
        fuseSamples([part], join(folder, 'flip-out.h5'), { ...OPTIONS, ...extent }, quietContext()),
      ).rejects.toMatchObject({
        tag: 'dataset-invalid',
        file: part.path,
        message: 'Sample 2 of the batch file is not as it was written.',
      })
      expect(leftovers('flip-out')).toEqual([])
    }
  })

  it('finds a bit that was flipped before checksums were made, by decompressing', async () => {
    const part = { ...(await batch('old.h5', [4, 2, 9])), checksums: null }
    expect(await fuseSamples([part], join(folder, 'old-out.h5'), OPTIONS, quietContext())).toEqual({
      samples: 3,
    })
    const bytes = readFileSync(part.path)
    bytes[placesOf(part.path).at[0] + 5000] ^= 16
    writeFileSync(part.path, bytes)
    await expect(
      fuseSamples([part], join(folder, 'old-out.h5'), OPTIONS, quietContext()),
    ).rejects.toMatchObject({
      tag: 'dataset-invalid',
      file: part.path,
      message: expect.stringContaining('Sentinel-2 L2A has a damaged chunk') as unknown,
    })
  })

  it('notices columns that are not those of the checksums', async () => {
    const part = await batch('swapped.h5', [0, 1])
    const other = await batch('other.h5', [7, 1])
    await expect(
      fuseSamples([{ ...part, path: other.path }], join(folder, 'x.h5'), OPTIONS, quietContext()),
    ).rejects.toMatchObject({
      file: other.path,
      message: 'Sample 0 of the batch file is not as it was written.',
    })
  })

  it('reads the result again', async () => {
    const part = await batch('again.h5', [0, 1, 2])
    const output = join(folder, 'again-out.h5')
    await fuseSamples([part], output, OPTIONS, quietContext())
    // Those whose part is looked at before the result is blamed.
    const sound: number[] = []
    const check = async (): Promise<void> => {
      const readers = new ImageReaders()
      const requireSound = (rank: number): void => void sound.push(rank)
      const options = { choice: ALL_DATASETS, verification: 'full', readers, requireSound } as const
      try {
        await checkFused(output, checksumsOfFile(part.path), options, new AbortController().signal)
      } finally {
        await readers.close()
      }
    }
    await check()
    const bytes = readFileSync(output)
    bytes[placesOf(output).at[1 * 4 + 2] + 100] ^= 1
    writeFileSync(output, bytes)
    await expect(check()).rejects.toMatchObject({
      tag: 'hdf5-write',
      message: expect.stringContaining('sample 1 is not what was written') as unknown,
    })
    expect(sound).toEqual([1])
  })
})

describe('a fused file', () => {
  it('has the same bytes each time, and lies in the order of its samples', async () => {
    const parts = [await batch('twice-a.h5', [5, 0, 3]), await batch('twice-b.h5', [1, 4, 2])]
    const [a, b] = [join(folder, 'twice-1.h5'), join(folder, 'twice-2.h5')]
    for (const output of [a, b]) await fuseSamples(parts, output, OPTIONS, quietContext())
    expect(readFileSync(a).equals(readFileSync(b))).toBe(true)
    const { at, bytes } = placesOf(a)
    for (let k = 1; k < at.length; k++) expect(at[k]).toBe(at[k - 1] + bytes[k - 1])
  })

  it.each(['spatial', 'random'] as const)('has the same samples in %s order', async (order) => {
    const indices = Array.from({ length: 9 }, (_, i) => i)
    const parts = [
      await batch(`${order}-a.h5`, indices.slice(0, 4)),
      await batch(`${order}-b.h5`, indices.slice(4)),
    ]
    const output = join(folder, `${order}.h5`)
    await fuseSamples(parts, output, { ...OPTIONS, order }, quietContext())
    const made = madeSamples(9)
    const keys = {
      shots: BigInt64Array.from(indices, (i) => made.int64('GEDI Shot Number', i)),
      latLon: Float32Array.from(indices.flatMap((i) => [...made.float32('GEDI Lat Lon', i)])),
    }
    const places = order === 'spatial' ? spatialOrder(keys) : randomOrder(keys, OPTIONS.seed)
    const expected = indices.toSorted((a, b) => places[a] - places[b])
    expect(expected).not.toEqual(indices)
    await written(`${order}-direct.h5`, expected)
    expect(await digestsOf(output)).toEqual(await digestsOf(join(folder, `${order}-direct.h5`)))
  })

  it('can be a part of another fuse', async () => {
    const first = join(folder, 'first.h5')
    await fuseSamples([await batch('nested.h5', [3, 1])], first, OPTIONS, quietContext())
    const again = { path: first, indices: [10, 8], checksums: checksumsOfFile(first) }
    const output = join(folder, 'nested-out.h5')
    await fuseSamples([again, await batch('beside.h5', [9])], output, OPTIONS, quietContext())
    await written('nested-direct.h5', [3, 9, 1])
    expect(await digestsOf(output)).toEqual(await digestsOf(join(folder, 'nested-direct.h5')))
  })
})

describe('batch files that do not fit', () => {
  const refused = async (parts: readonly FusePart[], file: string, message: string): Promise<void> => {
    const output = join(folder, 'refused.h5')
    await expect(fuseSamples(parts, output, OPTIONS, quietContext())).rejects.toMatchObject({
      tag: 'dataset-invalid',
      file,
      message: expect.stringContaining(message) as unknown,
      hint: expect.stringContaining('run again') as unknown,
    })
    expect(leftovers('refused')).toEqual([])
  }

  it('an index in two files, or twice in one', async () => {
    const [one, two] = [await batch('one.h5', [1, 2]), await batch('two.h5', [3, 2])]
    await refused([one, two], two.path, `The sample of subset row 2 is in the batch file and in ${one.path}`)
    await refused([await batch('both.h5', [5, 5])], join(folder, 'both.h5'), 'twice')
  })

  it('more or fewer samples than indices', async () => {
    const { path } = await batch('count.h5', [0, 1])
    await refused([{ path, indices: [0], checksums: null }], path, 'has 2 samples, its record 1')
    await refused([{ path, indices: [0, 1, 2], checksums: null }], path, 'has 2 samples, its record 3')
  })

  it('a file that is missing, truncated, damaged inside, or of another structure', async () => {
    await refused(
      [{ path: join(folder, 'gone.h5'), indices: [0], checksums: null }],
      join(folder, 'gone.h5'),
      'does not exist',
    )
    const { path } = await batch('bad.h5', [0, 1])
    const bytes = readFileSync(path)
    writeFileSync(path, Buffer.from(bytes).fill(0xaa, bytes.length - 60_000, bytes.length - 20_000))
    await refused([{ path, indices: [0, 1], checksums: null }], path, 'cannot be read')
    truncateSync(path, 5000)
    await refused([{ path, indices: [0, 1], checksums: null }], path, 'truncated')
    const foreign = join(import.meta.dirname, '../../e2e/reference/sample-expected.h5')
    await refused(
      [{ path: foreign, indices: [0], checksums: null }],
      foreign,
      'another structure: the group "data" is missing',
    )
  })

  it('an output folder that does not exist', async () => {
    const output = join(folder, 'absent', 'x.h5')
    await expect(fuseSamples([], output, OPTIONS, quietContext())).rejects.toMatchObject({
      tag: 'hdf5-write',
    })
    expect(existsSync(join(folder, 'absent'))).toBe(false)
  })
})
