import { closeSync, fstatSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { exactInodes, loadHdf5 } from './library'

describe('the loaded library', () => {
  it('is the version whose file format the writer patches', async () => {
    const { module } = await loadHdf5()
    expect(module.H5F_LIBVER_EARLIEST).toBe(0)
  })

  it('tells apart files whose inode numbers are above 2^53', () => {
    const descriptor = openSync(fileURLToPath(import.meta.url), 'r')
    try {
      const exact = fstatSync(descriptor, { bigint: true }).ino
      const files = {
        fstat: () => ({ ino: 2 ** 53 + 2 }) as { ino: number | bigint },
        getStream: () => ({ fd: 5, nfd: descriptor }),
      }
      exactInodes(files)
      expect(files.fstat().ino).toBe(exact)
    } finally {
      closeSync(descriptor)
    }
  })

  it('leaves smaller inode numbers alone', () => {
    const files = { fstat: () => ({ ino: 1234 }) as { ino: number | bigint }, getStream: () => null }
    exactInodes(files)
    expect(files.fstat().ino).toBe(1234)
  })
})
