import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON } from '../../e2e/tools'
import type { StudioError } from '../../src-shared/errors/studio-error'
import { digests } from '../hdf5/digest-fixtures'
import { withHdf5 } from '../hdf5/file-reader'
import { madeSamples } from '../hdf5/sample-fixtures'
import { createSamplesFile } from '../hdf5/samples-file'
import { quietContext } from '../process/context'
import { FUSE_OPTIONS } from './fuse-fixtures'
import { fuseFolder } from './fuse-folder'

let root: string
let own: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'fuse-folder-'))
  own = await written(join(root, 'own.h5'), 0, 6)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function written(path: string, first: number, count: number): Promise<string> {
  const file = await createSamplesFile(path, FUSE_OPTIONS)
  file.append(madeSamples(count, first))
  await file.close()
  return path
}

function folder(name: string): string {
  const path = join(root, name)
  mkdirSync(path)
  return path
}

const digestsOf = (path: string): Promise<Record<string, string>> => withHdf5(path, digests)

/** Writes samples [from, to) of a file anew as h5py would by other means; `how` is Python that sets `options(name, dataset)`. */
function rewrite(target: string, from: number, to: number, how: string): void {
  const script = `
import h5py, sys, numpy as np
source, target, a, b = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
libver = 'earliest'
skip = ()
${how}
with h5py.File(source) as f, h5py.File(target, 'w', libver=libver) as out:
    for name, d in f['data'].items():
        if name in skip: continue
        v = d[a:b]
        if v.dtype.kind == 'S': v = v.astype(object)
        kind = h5py.string_dtype('ascii') if v.dtype.kind == 'O' else v.dtype
        out.create_dataset('data/' + name, data=v, dtype=kind, **options(name, d))
`
  execFileSync(PYTHON, ['-c', script, own, target, String(from), String(to)])
}

const SUMS = 'options = lambda name, d: dict(compression="lzf", fletcher32=d.dtype.kind != "S")'
const LZF = 'options = lambda name, d: dict(compression="lzf")'

describe.skipIf(!optionalTool('h5py'))('files of other programs', () => {
  it('fuse whatever their chunks, filters and strings, as if we had written them', async () => {
    const files = folder('foreign')
    rewrite(join(files, 'batch_2.h5'), 1, 3, LZF)
    // LZF leaves single chunks alone that it cannot make smaller; several chunks on each axis.
    rewrite(
      join(files, 'batch_10.h5'),
      3,
      5,
      'options = lambda name, d: dict(compression="lzf", shuffle=True, chunks=(1, 5, 20, 32) if name == "Sentinel-2 L2A" else True)',
    )
    rewrite(join(files, 'batch_1.h5'), 0, 1, 'options = lambda name, d: {}')
    await written(join(files, 'batch_11.h5'), 5, 1)
    const output = join(root, 'foreign.h5')
    expect(await fuseFolder(files, output, FUSE_OPTIONS, false, quietContext())).toEqual({
      samples: 6,
      files: 4,
    })
    expect(await digestsOf(output)).toEqual(await digestsOf(own))
    expect(readdirSync(root).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('may have some of the datasets, all the same ones', async () => {
    const files = folder('some')
    const some =
      'skip = ("S2 SCL Stats", "CopDEM", "CRS")\noptions = lambda name, d: dict(compression="gzip")'
    rewrite(join(files, 'a.h5'), 0, 2, some)
    rewrite(join(files, 'b.h5'), 2, 6, some)
    const output = join(root, 'some.h5')
    await fuseFolder(files, output, FUSE_OPTIONS, false, quietContext())
    const all = Object.entries(await digestsOf(own))
    const kept = all.filter(([path]) => !/SCL Stats|CopDEM$|CRS/.test(path))
    expect(await digestsOf(output)).toEqual(Object.fromEntries(kept))
  })

  it.each(['latest', 'v108'])('fuse where LZF meets a newer format: %s', async (libver) => {
    const files = folder(`fused-${libver}`)
    const plain =
      'options = lambda name, d: {} if d.dtype.kind == "S" else dict(compression="lzf", shuffle=True)'
    rewrite(join(files, 'a.h5'), 0, 2, `libver = '${libver}'\n${plain}`)
    await written(join(files, 'b.h5'), 2, 4)
    const output = join(root, `fused-${libver}.h5`)
    await fuseFolder(files, output, FUSE_OPTIONS, false, quietContext())
    expect(await digestsOf(output)).toEqual(await digestsOf(own))
  })

  it('are refused with a way out where only h5py reads what LZF left', async () => {
    const files = folder('newer')
    rewrite(join(files, 'a.h5'), 0, 2, `libver = 'latest'\n${SUMS}`)
    await expect(
      fuseFolder(files, join(root, 'newer.h5'), FUSE_OPTIONS, false, quietContext()),
    ).rejects.toMatchObject({
      tag: 'dataset-invalid',
      message: expect.stringMatching(/a\.h5: The file is compressed by LZF/) as unknown,
      hint: expect.stringContaining('h5repack') as unknown,
    })
  })
})

describe('files that do not fit', () => {
  it('are all named before anything is written, and left out on request only', async () => {
    const files = folder('unfit')
    copyFileSync(own, join(files, 'good.h5'))
    await written(join(files, 'more.h5'), 20, 2)
    await written(join(files, 'repeats.h5'), 5, 2)
    copyFileSync(own, join(files, 'short.h5'))
    truncateSync(join(files, 'short.h5'), 9000)
    copyFileSync(join(import.meta.dirname, '../../e2e/reference/sample-expected.h5'), join(files, 'other.h5'))
    const output = join(root, 'unfit.h5')
    const skipped: StudioError[] = []
    const context = { ...quietContext(), skipped: (error: StudioError) => skipped.push(error) }
    const refused = fuseFolder(files, output, FUSE_OPTIONS, false, context)
    await expect(refused).rejects.toMatchObject({ tag: 'dataset-invalid', context: { files: 3 } })
    for (const words of [
      /short\.h5: The file is truncated/,
      /other\.h5: .* the group "data" is missing/,
      /repeats\.h5: A sample of the file is in .*good\.h5 too/,
    ])
      await expect(refused).rejects.toThrow(words)
    expect(readdirSync(root).filter((name) => name.startsWith('unfit.h5'))).toEqual([])
    expect(await fuseFolder(files, output, FUSE_OPTIONS, true, context)).toEqual({ samples: 8, files: 2 })
    expect(skipped.map(({ file }) => file?.slice(files.length + 1))).toEqual([
      'other.h5',
      'short.h5',
      'repeats.h5',
    ])
  })

  it('and folders without any are missing input', async () => {
    const empty = folder('empty')
    for (const path of [empty, join(root, 'absent')])
      await expect(
        fuseFolder(path, join(root, 'x.h5'), FUSE_OPTIONS, false, quietContext()),
      ).rejects.toMatchObject({ tag: 'input-missing', file: path })
  })
})
