import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openHdf5 } from './file-reader'
import { madeSamples } from './sample-fixtures'
import { createSamplesFile } from './samples-file'

const folder = mkdtempSync(join(tmpdir(), 'full-disk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Makes the folder a disk of its own, of so many KiB. @returns whether this machine lets that be done */
function mountDisk(kilobytes: number): boolean {
  const options = ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder]
  return spawnSync('mount', options, { stdio: 'ignore' }).status === 0
}

function unmountDisk(): void {
  spawnSync('umount', [folder], { stdio: 'ignore' })
}

const canMount = mountDisk(64)
if (canMount) unmountDisk()

describe.skipIf(!canMount)('a disk that is really full (needs root and tmpfs)', () => {
  afterEach(unmountDisk)
  const samples = madeSamples(300)

  // Full while the file is made, between chunks, and when it is closed.
  it.each([8, 32, 48, 200, 1000])('of %i KiB is told, and nothing is left on it', async (kilobytes) => {
    expect(mountDisk(kilobytes)).toBe(true)
    const path = join(folder, 'batch.h5')
    const writing = (async () => {
      const options = { compression: 1, slopeUnit: 'percent', attributes: { seed: 1 } } as const
      const file = await createSamplesFile(path, options)
      for (let i = 0; i < 5; i++) file.append(samples)
      await file.close()
    })()
    await expect(writing).rejects.toMatchObject({ tag: 'disk-full', file: `${path}.part` })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a file that may not be read', () => {
  it('is told as such', async () => {
    const path = join(folder, 'closed.h5')
    writeFileSync(path, 'x')
    chmodSync(path, 0)
    // Root may read everything; somebody else may not.
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.(65_534)
    try {
      await expect(openHdf5(path)).rejects.toMatchObject({
        tag: 'hdf5-open',
        file: path,
        message: expect.stringMatching(/may not|cannot be|permission/i) as unknown,
      })
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })
})
