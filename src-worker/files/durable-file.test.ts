import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { finishFile, PART_OF_TRY, partPath, TRY } from './durable-file'

const folder = mkdtempSync(join(tmpdir(), 'durable-'))
const path = join(folder, 'batch_20_1.h5')

afterEach(() => {
  Reflect.deleteProperty(process.env, TRY)
  rmSync(folder, { recursive: true, force: true })
})

test('a try of a task finishes its file while the try before it, on a node that was cut off, still writes', async () => {
  process.env[TRY] = '12-0'
  const before = partPath(path)
  writeFileSync(before, 'half of')
  process.env[TRY] = '12-1'
  writeFileSync(partPath(path), 'complete')
  await finishFile(path)
  expect(readFileSync(path, 'utf8')).toBe('complete')
  expect(readFileSync(before, 'utf8')).toBe('half of')
  expect(readdirSync(folder).filter((name) => PART_OF_TRY.test(name))).toEqual(['batch_20_1.h5.12-0.part'])
})

test('without a try, or with one that makes no name, there is one temporary name', () => {
  expect(partPath(path)).toBe(`${path}.part`)
  process.env[TRY] = '../12'
  expect(partPath(path)).toBe(`${path}.part`)
})
