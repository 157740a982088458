import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ReviewMark } from '../../src-shared/review/marks'
import { projectPaths } from './project-paths'
import { loadReview, openReview, saveReview } from './review-file'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-file-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const markOf = (row: number): ReviewMark => ({
  split: 'test',
  batch: 2,
  row,
  shotNumber: '18446744073709551615',
  mark: 'exclude',
  reasons: ['cloud'],
  time: '2026-01-02T03:04:05.678Z',
  batchFile: { bytes: 12, key: 'abc' },
})

it('marks come back as they were written, one a line; a project without the file has none', async () => {
  const paths = projectPaths(folder)
  expect(await loadReview(paths)).toEqual([])
  const marks = [markOf(0), markOf(7)]
  await saveReview(paths, marks)
  expect(await loadReview(paths)).toEqual(marks)
  expect(readFileSync(paths.review, 'utf8').trim().split('\n')).toHaveLength(4)
  await saveReview(paths, [])
  expect(await loadReview(paths)).toEqual([])
  expect(readdirSync(folder)).toEqual(['review.json'])
})

it('a damaged file stops a run, and is kept aside when the project is opened, with the marks that can be read', async () => {
  const paths = projectPaths(folder)
  const text = JSON.stringify({
    formatVersion: 1,
    marks: [markOf(0), { ...markOf(1), mark: 'maybe' }, markOf(2)],
  })
  writeFileSync(paths.review, text)
  await expect(loadReview(paths)).rejects.toMatchObject({ tag: 'project-invalid', file: paths.review })
  const { marks, recovered } = await openReview(paths)
  expect(marks).toEqual([markOf(0), markOf(2)])
  expect(recovered).toMatchObject({
    marks: 2,
    keptAs: expect.stringMatching(/^review\.damaged-.*\.json$/) as unknown,
  })
  expect(readFileSync(join(folder, recovered?.keptAs ?? ''), 'utf8')).toBe(text)
  expect(await loadReview(paths)).toEqual(marks)
})

it('of a file that was cut off nothing is recovered', async () => {
  const paths = projectPaths(folder)
  writeFileSync(paths.review, '{"formatVersion":1,"marks":[\n{"split":"tr')
  expect(await openReview(paths)).toMatchObject({ marks: [], recovered: { marks: 0 } })
})

it('a file of a newer version is refused and stays as it is', async () => {
  const paths = projectPaths(folder)
  const text = '{"formatVersion":2,"marks":{}}'
  writeFileSync(paths.review, text)
  for (const open of [loadReview, openReview])
    await expect(open(paths)).rejects.toMatchObject({
      tag: 'project-invalid',
      message: expect.stringContaining('newer version') as unknown,
    })
  expect(readFileSync(paths.review, 'utf8')).toBe(text)
  expect(readdirSync(folder)).toEqual(['review.json'])
})
