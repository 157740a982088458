import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { reportSchema, type Report } from '../src-shared/run/report'
import { reviewFileSchema, type ReviewMark } from '../src-shared/review/marks'
import { gediDataset, onSample, temporaryFolder, type Finished } from './command-line'
import { digestsOf, readDataset, type DatasetContent } from './dataset'
import { optionalTool, PYTHON } from './tools'

const folder = temporaryFolder('review')
const output = join(folder, 'project')
const file = join(output, 'train_dataset.h5')
const review = join(output, 'review.json')
const run = (): Promise<Finished> =>
  gediDataset(...onSample('run', output, '--batch-size', '25', '--workers', '2'))

const shotsOf = (content: DatasetContent): string[] =>
  Array.from(content['GEDI Shot Number'] as BigInt64Array, String)
const reportOf = (): Report =>
  reportSchema.parse(JSON.parse(readFileSync(join(output, 'report.json'), 'utf8')))
const recordSchema = z.object({ key: z.string(), bytes: z.int() })

/** An exclusion of a sample of the train split. */
async function exclude(batch: number, row: number, reasons: ReviewMark['reasons']): Promise<ReviewMark> {
  const record = join(output, 'rejections', 'train', `batch_25_${batch}.json`)
  const { key, bytes } = recordSchema.parse(JSON.parse(readFileSync(record, 'utf8')))
  const samples = await readDataset(join(output, 'batches', 'train', `batch_25_${batch}.h5`))
  return {
    split: 'train',
    batch,
    row,
    shotNumber: shotsOf(samples)[row],
    mark: 'exclude',
    reasons,
    time: '2026-01-02T03:04:05.678Z',
    batchFile: { bytes, key },
  }
}

function writeReview(marks: readonly ReviewMark[]): void {
  writeFileSync(review, JSON.stringify(reviewFileSchema.parse({ formatVersion: 1, marks })))
}

let before: string[]
let whole: Record<string, string>
let marks: ReviewMark[]

beforeAll(async () => {
  expect(await run()).toMatchObject({ status: 0 })
  const content = await readDataset(file)
  before = shotsOf(content)
  whole = digestsOf(content)
  const batches = await sampleCounts()
  const [first, second] = batches.flatMap((count, batch) => (count > 1 ? [batch] : []))
  marks = [
    await exclude(first, 0, ['cloud', 'haze']),
    await exclude(first, 1, []),
    await exclude(second, 1, ['cloud']),
  ]
})

/** Numbers of samples of the batches of the train split. */
async function sampleCounts(): Promise<number[]> {
  const { train } = reportOf()
  const numbers = Array.from({ length: train.batches?.total ?? 0 }, (_, batch) => batch)
  const contents = numbers.map((batch) =>
    readDataset(join(output, 'batches', 'train', `batch_25_${batch}.h5`)),
  )
  return (await Promise.all(contents)).map((content) => shotsOf(content).length)
}

const NUMPY = `
import h5py, json, sys
import numpy as np
f = h5py.File(sys.argv[1], "r")
a = f["data/AGBD Values"][:].astype("f8")
b = f["data/Sentinel-2 L2A"][:, 3].astype("f8")
print(json.dumps({"shots": [str(s) for s in f["data/GEDI Shot Number"][:].ravel()], "agbd": [a.mean(), a.std()], "b": [b[b > 0].mean(), b[b > 0].std()]}))
`
const numpySchema = z.object({
  shots: z.array(z.string()),
  agbd: z.array(z.number()),
  b: z.array(z.number()),
})
const statisticsSchema = z.object({
  samples: z.int(),
  statistics: z.array(
    z.looseObject({
      name: z.string(),
      mean: z.number().optional(),
      standardDeviation: z.number().optional(),
    }),
  ),
})

describe('samples that review.json excludes', () => {
  it('are cut, and stay out of the dataset; one that is taken back is in it again', async () => {
    writeReview(marks)
    const three = await run()
    expect(three).toMatchObject({ status: 0 })
    expect(three.err).toMatch(/Cutting samples.*already done/)
    expect(three.out).toContain('left out by review 3: cloud 2, haze 1, no reason given 1')
    const out = new Set(marks.map(({ shotNumber }) => shotNumber))
    expect(shotsOf(await readDataset(file))).toEqual(before.filter((shot) => !out.has(shot)))

    writeReview([marks[0], { ...marks[1], mark: 'keep' }, marks[2]])
    expect(await run()).toMatchObject({ status: 0 })
    const left = shotsOf(await readDataset(file))
    const two = [marks[0].shotNumber, marks[2].shotNumber]
    expect(left).toEqual(before.filter((shot) => !two.includes(shot)))
    expect(reportOf().train).toMatchObject({
      samples: before.length,
      review: { excluded: 2, reasons: { cloud: 2, haze: 1 }, unmatched: [] },
    })
    expect((await run()).out).toContain('Everything was done already')
  })

  it.skipIf(!optionalTool('h5py'))('count in no statistics, as numpy finds them in the file', () => {
    const answer = execFileSync(PYTHON, ['-c', NUMPY, file], { encoding: 'utf8' })
    const { shots, agbd, b } = numpySchema.parse(JSON.parse(answer))
    expect(shots).toHaveLength(before.length - 2)
    const told = statisticsSchema.parse(JSON.parse(readFileSync(join(output, 'statistics.json'), 'utf8')))
    expect(told.samples).toBe(before.length - 2)
    for (const [name, [mean, deviation]] of [
      ['AGBD', agbd],
      ['B04', b],
    ] as const) {
      const found = told.statistics.find((each) => each.name === name)
      expect(found?.mean).toBeCloseTo(mean, 3)
      expect(found?.standardDeviation).toBeCloseTo(deviation, 3)
    }
  })

  it('go in where their batch or their shot is another now, which log and report say', async () => {
    const moved = { ...marks[1], shotNumber: '1' }
    writeReview([{ ...marks[0], batchFile: { bytes: 5, key: 'older' } }, moved, marks[2]])
    const { status, out } = await run()
    expect(status).toBe(0)
    expect(out).toContain('left out by review 1: cloud 1')
    expect(out).toContain('2 marks of the review did not apply')
    expect(shotsOf(await readDataset(file))).toEqual(before.filter((shot) => shot !== marks[2].shotNumber))
    const { review: found } = reportOf().train
    expect(found?.unmatched.map(({ row, because }) => [row, because])).toEqual([
      [0, 'batch'],
      [1, 'shot'],
    ])
    const log = readFileSync(join(output, 'run.log'), 'utf8')
    expect(log).toContain('2 marks of the review do not apply: train batch')
  })

  it('are all in again without marks, and the dataset is the one from before', async () => {
    writeReview([])
    expect(await run()).toMatchObject({ status: 0 })
    expect(digestsOf(await readDataset(file))).toEqual(whole)
  })

  it('are not guessed at: a damaged or newer file stops the run', async () => {
    for (const text of ['{"formatVersion":1,"marks":[{', '{"formatVersion":2,"marks":[]}']) {
      writeFileSync(review, text)
      const { status, err } = await run()
      expect(status).toBe(1)
      expect(err).toContain('error (project-invalid)')
      expect(readFileSync(review, 'utf8')).toBe(text)
    }
  })
})
