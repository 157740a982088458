import {
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { madeSamples } from '../hdf5/sample-fixtures'
import { readShotNumbers } from './dataset-rows'
import { writeBatch } from './patches-fixture'
import { SampleFiles } from './sample-files'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const patient = { limit: 4, idle: 60_000 }
const batch = (name: string, count = 3, first = 0): Promise<string> =>
  writeBatch(join(folder, name), madeSamples(count, first))

/** The first shot number of a file, as the open file gives it. */
const firstShot = (files: SampleFiles, path: string): Promise<bigint> =>
  files.use(path, (file) => readShotNumbers(file, 0, 1)[0])

/** Files of the folder that this process has open, as Linux tells it. */
function held(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`)
      return target.startsWith(folder) ? [target] : []
    } catch {
      return []
    }
  })
}

describe('open files', () => {
  it('stay open for the next request, so many of those used last', async () => {
    const files = new SampleFiles({ limit: 2, idle: 60_000 })
    const [a, b, c] = [await batch('a.h5'), await batch('b.h5'), await batch('c.h5')]
    const opened: unknown[] = []
    for (const path of [a, b, a, c, a]) await files.use(path, ({ reader }) => opened.push(reader))
    expect(files.open).toEqual([c, a])
    expect(opened[2]).toBe(opened[0])
    expect(opened[4]).toBe(opened[0])
  })

  it.skipIf(process.platform !== 'linux')('are closed when nobody has asked for a while', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const files = new SampleFiles({ limit: 4, idle: 5000 })
      const path = await batch('idle.h5')
      await firstShot(files, path)
      vi.advanceTimersByTime(4000)
      await firstShot(files, path)
      vi.advanceTimersByTime(4000)
      expect([files.open, held().includes(path)]).toEqual([[path], true])
      vi.advanceTimersByTime(1000)
      expect([files.open, held().includes(path)]).toEqual([[], false])
    } finally {
      vi.useRealTimers()
    }
  })

  it('are not closed while they are being read, however long that takes', async () => {
    const files = new SampleFiles({ limit: 1, idle: 20 })
    const [a, b] = [await batch('long.h5'), await batch('other.h5', 3, 50)]
    await firstShot(files, b)
    const long = files.use(a, async (file) => {
      await setTimeout(100)
      return readShotNumbers(file, 0, 1)[0]
    })
    expect(await Promise.all([long, firstShot(files, b), firstShot(files, a)])).toEqual([
      83_310_000_000_000_001n,
      83_310_000_000_000_051n,
      83_310_000_000_000_001n,
    ])
  })

  it('serve the next request after one that failed', async () => {
    const files = new SampleFiles(patient)
    const path = await batch('after.h5')
    await expect(files.use(join(folder, 'absent.h5'), () => 1)).rejects.toMatchObject({ tag: 'hdf5-open' })
    await expect(
      files.use(path, () => {
        throw new Error('of the caller')
      }),
    ).rejects.toThrow('of the caller')
    expect(await firstShot(files, path)).toBe(83_310_000_000_000_001n)
  })
})

describe('a file that changes', () => {
  it('is read anew when it was replaced', async () => {
    const files = new SampleFiles(patient)
    const path = await batch('replaced.h5')
    expect(await firstShot(files, path)).toBe(83_310_000_000_000_001n)
    renameSync(await batch('replacement.h5', 5, 100), path)
    expect(await firstShot(files, path)).toBe(83_310_000_000_000_101n)
    expect(await files.use(path, ({ samples }) => samples)).toBe(5)
  })

  it('is named when it has vanished, and found again when it is back', async () => {
    const files = new SampleFiles(patient)
    const path = await batch('vanished.h5')
    await firstShot(files, path)
    renameSync(path, `${path}.away`)
    await expect(firstShot(files, path)).rejects.toMatchObject({
      tag: 'hdf5-open',
      file: path,
      message: 'The file does not exist.',
    })
    renameSync(`${path}.away`, path)
    expect(await firstShot(files, path)).toBe(83_310_000_000_000_001n)
  })

  it('while it is being read is an error that names it, even where the numbers came out', async () => {
    const files = new SampleFiles(patient)
    const path = await batch('torn.h5')
    const other = await batch('torn-other.h5', 3, 7)
    for (const change of [() => renameSync(other, path), () => rmSync(path)]) {
      const reading = files.use(path, (file) => {
        change()
        return readShotNumbers(file, 0, 1)[0]
      })
      await expect(reading).rejects.toMatchObject({
        tag: 'hdf5-read',
        file: path,
        message: 'The file was rewritten or removed while it was being read.',
      })
    }
  })

  it('in place is noticed: first cut short, then with other samples', async () => {
    const files = new SampleFiles(patient)
    const path = await batch('in-place.h5')
    await firstShot(files, path)
    const whole = readFileSync(path)
    writeFileSync(path, whole.subarray(0, whole.length / 2))
    await expect(firstShot(files, path)).rejects.toMatchObject({
      tag: 'hdf5-open',
      file: path,
      message: expect.stringContaining('truncated') as unknown,
    })
    writeFileSync(path, readFileSync(await batch('in-place-new.h5', 4, 30)))
    expect(await firstShot(files, path)).toBe(83_310_000_000_000_031n)
  })
})

describe('a file that is none', () => {
  it.each([
    ['empty', '', 'is empty'],
    ['a text', 'not HDF5 at all', 'no HDF5 file'],
  ])('is refused when it is %s', async (name, content, message) => {
    const path = join(folder, `${name}.h5`)
    writeFileSync(path, content)
    await expect(firstShot(new SampleFiles(patient), path)).rejects.toMatchObject({
      tag: 'hdf5-open',
      file: path,
      message: expect.stringContaining(message) as unknown,
    })
  })

  it('is refused when it is a folder', async () => {
    await expect(firstShot(new SampleFiles(patient), folder)).rejects.toMatchObject({
      tag: 'hdf5-open',
      file: folder,
    })
  })
})
