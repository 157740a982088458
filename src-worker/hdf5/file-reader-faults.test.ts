import fs, {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { REFERENCE_DIR, SAMPLE_DIR } from '../../e2e/tools'
import { digests } from './digest-fixtures'
import { openHdf5, withHdf5 } from './file-reader'

const EXPECTED = join(REFERENCE_DIR, 'sample-expected.h5')
const GRANULE = join(SAMPLE_DIR, 'gedi/GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-faults-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.restoreAllMocks())

describe('what cannot be read', () => {
  it('a dataset that is missing, a group, numbers as text, a closed file', async () => {
    const file = await openHdf5(EXPECTED)
    const fault = (message: string): Error =>
      expect.objectContaining({
        tag: 'hdf5-read',
        file: EXPECTED,
        message: expect.stringContaining(message) as unknown,
      }) as Error
    expect(() => file.read('train/nothing')).toThrow(fault('"train/nothing" is missing'))
    expect(() => file.read('nowhere/at/all')).toThrow(fault('is missing'))
    expect(() => file.read('train')).toThrow(fault('"train" is a group, not a dataset'))
    expect(() => file.names('train/s2')).toThrow(fault('is not a group'))
    expect(() => file.names('nowhere')).toThrow(fault('is not a group'))
    expect(() => file.readStrings('train/s2')).toThrow(fault('holds no text'))
    expect(() => file.read('train/crs')).toThrow(fault('holds no numbers'))
    expect([file.has('train'), file.has('train/s2'), file.has('x'), file.hasDataset('train')]).toEqual([
      true,
      true,
      false,
      false,
    ])
    file.close()
    file.close()
    expect(() => file.read('train/s2')).toThrow(fault('closed'))
  })

  const damaged = (name: string, content: Uint8Array | string): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }

  it.each([
    ['missing', () => join(folder, 'missing.h5'), 'does not exist'],
    ['empty', () => damaged('empty.h5', ''), 'is empty'],
    ['no HDF5', () => damaged('text.h5', 'agbd;agbd_se\n1;2\n'.repeat(100)), 'is no HDF5 file'],
    ['a folder', () => (mkdirSync(join(folder, 'sub')), join(folder, 'sub')), 'is a folder'],
    [
      'shorter than its superblock',
      () => damaged('short.h5', readFileSync(GRANULE).subarray(0, 50)),
      'damaged',
    ],
  ])('a file that is %s', async (_, make, message) => {
    const path = make()
    await expect(openHdf5(path)).rejects.toMatchObject({
      tag: 'hdf5-open',
      file: path,
      message: expect.stringContaining(message) as unknown,
    })
  })

  it.each([0.01, 0.1, 0.5, 0.9, 0.999])('a file of which only %d is there', async (share) => {
    const path = join(folder, 'cut.h5')
    copyFileSync(GRANULE, path)
    const size = readFileSync(path).length
    truncateSync(path, Math.floor(size * share))
    await expect(openHdf5(path)).rejects.toMatchObject({
      tag: 'hdf5-open',
      message: `The file is truncated: it has ${Math.floor(size * share)} of ${size} bytes.`,
    })
  })

  it('flipped bytes give the right data, other data only where nothing guards them, or an error; never a crash', async () => {
    const sound = readFileSync(EXPECTED)
    const path = join(folder, 'flipped.h5')
    const before = await withHdf5(EXPECTED, digests)
    const outcomes = { same: 0, different: 0, refused: 0 }
    for (let k = 0; k < 150; k++) {
      const bytes = Buffer.from(sound)
      const at = Math.floor((sound.length * (k + 0.5)) / 150)
      for (let i = 0; i < 8 && at + i < bytes.length; i++) bytes[at + i] ^= 0x5a
      writeFileSync(path, bytes)
      const outcome = await withHdf5(path, digests).catch((error: unknown) => {
        expect(error).toMatchObject({
          file: path,
          tag: expect.stringMatching(/^hdf5-(open|read)$/) as unknown,
        })
        return null
      })
      if (outcome === null) outcomes.refused++
      else if (JSON.stringify(outcome) === JSON.stringify(before)) outcomes.same++
      else outcomes.different++
    }
    // Nearly all bytes of this file are gzip chunks, which carry checksums.
    expect(outcomes.refused).toBeGreaterThan(120)
    expect(outcomes.different).toBeLessThan(10)
  })

  it('nothing is printed on the terminal, and the error carries what libhdf5 said', async () => {
    const print = vi.spyOn(fs, 'writeSync')
    await expect(openHdf5(join(folder, 'missing.h5'))).rejects.toThrow()
    const path = damaged('cause.h5', readFileSync(GRANULE).fill(0x77, 2000, 200_000))
    const error: unknown = await withHdf5(path, digests).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ tag: expect.stringMatching(/^hdf5-/) as unknown })
    expect(String((error as Error).cause)).toContain('HDF5-DIAG')
    expect(print.mock.calls.filter(([descriptor]) => descriptor <= 2)).toEqual([])
  })
})
