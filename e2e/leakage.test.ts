import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { leakageSchema } from '../src-shared/run/leakage'
import { reportSchema, type Report } from '../src-shared/run/report'
import { gediDataset, onSample, temporaryFolder } from './command-line'
import { referenceSamples } from './reference'
import { nearestOnGround, type Place } from '../src-worker/footprints/ground-distance-fixture'

const folder = temporaryFolder('leakage')

function reportOf(output: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(join(output, 'report.json'), 'utf8')))
}

function placesOf(file: string): Place[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)
  return lines.map((line) => line.split(';')).map((cells) => [Number(cells[2]), Number(cells[3])])
}

describe('the sample world', () => {
  const output = join(folder, 'years')
  beforeAll(async () => {
    expect((await gediDataset(...onSample('run', output))).status).toBe(0)
  }, 240_000)

  it('has the shared pixels that the samples of the independent reference have', async () => {
    const [train, test] = await Promise.all(
      (['train', 'test'] as const).map(async (split) => [...(await referenceSamples(split)).values()]),
    )
    const sharing = test.filter((a) =>
      train.some(
        (b) =>
          a.crs === b.crs &&
          Math.abs(a.transform[2] - b.transform[2]) < 320 &&
          Math.abs(a.transform[5] - b.transform[5]) < 320,
      ),
    ).length
    expect(sharing).toBeGreaterThan(0)
    const { leakage } = reportOf(output)
    expect(leakage).toMatchObject({ basis: 'samples', train: train.length, test: test.length, sharing })
    const places = train.map(({ lon, lat }): Place => [lon, lat])
    const metres = test.map(({ lon, lat }) => nearestOnGround([lon, lat], places)).sort((a, b) => a - b)
    // The reference has positions of float64, the dataset of float32; a sphere is not the ellipsoid.
    expect(Math.abs((leakage?.median ?? 0) - metres[metres.length / 2 - 1])).toBeLessThan(2)
    expect(leakage?.distances.slice(0, 4).reduce((a, b) => a + b)).toBe(metres.filter((m) => m < 320).length)
  })

  it('is told by the command, as text and as JSON, and by the summary of a run', async () => {
    const { leakage } = reportOf(output)
    const json = await gediDataset('leakage', '--output', output, '--json')
    expect(leakageSchema.parse(JSON.parse(json.out))).toEqual(leakage)
    const text = await gediDataset('leakage', '--output', output)
    const sentence = `${leakage?.sharing ?? 0} of 90 test patches share pixels with train patches`
    expect(text.out).toContain(sentence)
    const again = await gediDataset(...onSample('run', output))
    expect(again.out).toContain(sentence)
    expect(again.out).toContain('Everything was done already')
  })
})

it('before samples are cut, the command estimates from the subset tables', async () => {
  const output = join(folder, 'subset')
  await gediDataset(...onSample('subset', output))
  const json = await gediDataset('leakage', '--output', output, '--json')
  expect(leakageSchema.parse(JSON.parse(json.out))).toMatchObject({ basis: 'subset', train: 578, test: 269 })
}, 240_000)

it('a folder without a project is refused and not made', async () => {
  const refused = await gediDataset('leakage', '--output', join(folder, 'nothing'))
  expect(refused.status).not.toBe(0)
  expect(refused.err).toContain('neither datasets nor subset tables')
})

it('--test-distance leaves no test footprint nearer to the train subset, and tells how many it left out', async () => {
  const output = join(folder, 'apart')
  const done = await gediDataset(...onSample('subset', output, '--test-distance', '60'))
  expect(done.status).toBe(0)
  const places = (table: string): Place[] => placesOf(join(output, table))
  const train = places('train_subset.csv')
  const expected = places('test_combined.csv').filter((place) => nearestOnGround(place, train) >= 60)
  expect(places('test_subset.csv').toSorted()).toEqual(expected.toSorted())
  const dropped = 269 - expected.length
  expect(dropped).toBeGreaterThan(0)
  expect(done.err).toContain(`${dropped} test footprints nearer than 60 m to a train footprint are left out.`)
  expect(reportOf(output).test).toMatchObject({ tooNear: dropped, subset: expected.length })
}, 240_000)

it('--split-blocks with a buffer keeps the splits apart, and changing it makes the tables out of date', async () => {
  const output = join(folder, 'blocks')
  const blocks = ['--split-blocks', '1', '--split-test-share', '0.5', '--split-buffer', '100', '--seed', '3']
  const done = await gediDataset(...onSample('subset', output, ...blocks))
  expect(done.status).toBe(0)
  const [train, test] = ['train', 'test'].map((split) => placesOf(join(output, `${split}_subset.csv`)))
  expect(train.length).toBeGreaterThan(50)
  expect(test.length).toBeGreaterThan(50)
  expect(Math.min(...test.map((place) => nearestOnGround(place, train)))).toBeGreaterThan(200)
  const dropped = 578 + 269 - train.length - test.length
  expect(dropped).toBeGreaterThan(0)
  expect(done.err).toContain(`${dropped} footprints are dropped: nearer than 100 m`)
  expect(reportOf(output).combine).toMatchObject({ inBuffer: dropped })
  const stale = await gediDataset(...onSample('subset', output, '--split-blocks', '2'))
  expect(stale.err).toContain('project-stale')
  expect(stale.err).toContain('combine')
}, 240_000)
