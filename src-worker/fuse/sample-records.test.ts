import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SampleRecords } from './sample-records'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'records-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('records of samples', () => {
  it.each([
    ['in memory', 1000, false],
    ['in a file', 10, true],
  ])('come back in order, %s', (_, memoryBytes, inFile) => {
    const path = join(folder, 'records.part')
    const records = new SampleRecords(path, 4, 3, memoryBytes)
    for (const rank of [2, 0, 3, 1]) records.put(rank, Buffer.from([rank, rank + 10, rank + 20]))
    expect(existsSync(path)).toBe(inFile)
    expect([...records.get(1, 3)]).toEqual([1, 11, 21, 2, 12, 22, 3, 13, 23])
    records.remove()
    expect(existsSync(path)).toBe(false)
  })
})
