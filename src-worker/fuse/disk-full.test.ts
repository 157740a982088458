import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeSamples } from '../hdf5/sample-fixtures'
import { createSamplesFile } from '../hdf5/samples-file'
import { quietContext } from '../process/context'
import { FileSink } from './file-sink'
import { fuseSamples } from './fuse'
import { FUSE_OPTIONS } from './fuse-fixtures'
import { FusedFile } from './fused-file'

const MEGABYTE = 1 << 20

/** Whether small file systems can be mounted here, as root can. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'mount-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0
  if (mounted) execFileSync('umount', [folder])
  rmSync(folder, { recursive: true })
  return mounted
}

describe.skipIf(!canMount())('a full disk (a mounted file system of 1 MB; needs root)', () => {
  let disk: string
  let elsewhere: string
  beforeAll(() => {
    disk = mkdtempSync(join(tmpdir(), 'disk-'))
    elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk])
  })
  afterAll(() => {
    execFileSync('umount', [disk])
    for (const folder of [disk, elsewhere]) rmSync(folder, { recursive: true })
  })

  it('is told before anything is written', async () => {
    const path = join(elsewhere, 'batch.h5')
    const file = await createSamplesFile(path, FUSE_OPTIONS)
    file.append(madeSamples(60))
    await file.close()
    const parts = [{ path, indices: Array.from({ length: 60 }, (_, i) => i), checksums: null }]
    const refused = fuseSamples(parts, join(disk, 'fused.h5'), FUSE_OPTIONS, quietContext())
    await expect(refused).rejects.toMatchObject({
      tag: 'disk-full',
      message: expect.stringMatching(/needs about \d MB, and \d MB are free/) as unknown,
    })
    expect(readdirSync(disk)).toEqual([])
  })

  it('that fills up meanwhile ends with an error, whether by large pieces or small ones, and leaves no file', async () => {
    const path = join(disk, 'growing.h5')
    const file = await FusedFile.create(path, FUSE_OPTIONS, 2)
    const chunks = Uint32Array.from({ length: 8 }, () => MEGABYTE / 4)
    const columns = file.choice.columns.map(() => 0)
    await file.append(Buffer.alloc(2 * MEGABYTE), chunks, columns)
    await expect(file.finish()).rejects.toMatchObject({ tag: 'disk-full' })
    await file.discard()
    expect(existsSync(path)).toBe(false)
    const small = join(disk, 'small')
    writeFileSync(small, '')
    const sink = await FileSink.open(small)
    sink.add(Buffer.alloc(2 * MEGABYTE), 0)
    await expect(sink.finish()).rejects.toMatchObject({ tag: 'disk-full' })
    await sink.close()
  })
})
