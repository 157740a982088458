import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SPLITS } from '../src-shared/footprint/footprint'
import { reportSchema, type Report } from '../src-shared/run/report'
import { gediDataset, onSample, start, temporaryFolder, type Finished } from './command-line'
import { digestsOf, readDataset } from './dataset'
import { SAMPLE_DIR } from './tools'

const folder = temporaryFolder('resume')
const whole = join(folder, 'whole')
const flags = ['--batch-size', '25', '--workers', '2']
const run = (output: string, ...more: string[]): Promise<Finished> =>
  gediDataset(...onSample('run', output, ...flags, ...more))

const reportOf = (output: string): Report =>
  reportSchema.parse(JSON.parse(readFileSync(join(output, 'report.json'), 'utf8')))

/** What both datasets of a project hold, as digests. */
async function datasets(output: string): Promise<Record<string, string>[]> {
  return Promise.all(
    SPLITS.map(async (split) => digestsOf(await readDataset(join(output, `${split}_dataset.h5`)))),
  )
}

const planned = join(folder, 'planned')

/** A copy of a project, for tests that need not come so far themselves. @returns its folder */
function copyOf(project: string, name: string): string {
  const copy = join(folder, name)
  cpSync(project, copy, { recursive: true, preserveTimestamps: true })
  return copy
}

let expected: Record<string, string>[]
let planning: Finished

beforeAll(async () => {
  planning = await gediDataset(...onSample('plan', planned, ...flags))
  expect(planning).toMatchObject({ status: 0 })
  copyOf(planned, 'whole')
  expect(await run(whole)).toMatchObject({ status: 0 })
  expected = await datasets(whole)
})

describe('a run that stops', () => {
  it.each([
    ['stdout', '"step":"batch"', ['--json']],
    ['stderr', 'Cutting samples', []],
  ] as const)(
    'because nobody reads its %s any more ends with 130 and without a lock, and the next one finishes it',
    async (stream, text, more) => {
      const output = copyOf(planned, `unread-${stream}`)
      const command = start(...onSample('run', output, ...flags, ...more))
      command.readsUntil(stream, text)
      expect(await command.finished).toMatchObject({ status: 130 })
      expect(existsSync(join(output, 'run.lock'))).toBe(false)
      expect(existsSync(join(output, 'train_dataset.h5'))).toBe(false)
      expect(await run(output)).toMatchObject({ status: 0 })
      expect(await datasets(output)).toEqual(expected)
    },
  )
})

describe('results that are missing or damaged', () => {
  it('are made again, and only those', async () => {
    const batches = join(whole, 'batches', 'train')
    const [first, second, ...others] = readdirSync(batches).sort()
    const before = new Map(others.map((name) => [name, statSync(join(batches, name)).mtimeMs]))
    rmSync(join(batches, first))
    truncateSync(join(batches, second), 5000)
    rmSync(join(whole, 'train_dataset.h5'))
    const again = await run(whole)
    expect(again).toMatchObject({ status: 0 })
    expect(again.err).toMatch(/Cutting samples \(2 of \d+ batches\)/)
    expect(again.err).toContain('warning: train_dataset.h5 is missing; it is made again.')
    for (const [name, time] of before) expect(statSync(join(batches, name)).mtimeMs).toBe(time)
    expect(await datasets(whole)).toEqual(expected)
  })
})

describe('settings that change', () => {
  it('against finished results are refused with what is stale, and nothing is touched', async () => {
    const digest = (): string =>
      createHash('sha256')
        .update(readFileSync(join(whole, 'train_dataset.h5')))
        .digest('hex')
    const before = digest()
    const refused = await run(whole, '--max-slope', '10')
    expect(refused.status).toBe(1)
    expect(refused.err).toMatch(
      /The setting --max-slope has changed .*stale: cutting samples, fusing datasets.*--restart-from batch/,
    )
    expect(digest()).toBe(before)
    expect(await run(whole)).toMatchObject({ status: 0 })
  })

  it('of a step before the one to restart from are refused too, and no batch is lost', async () => {
    const refused = await run(whole, '--max-cloud-cover', '50', '--restart-from', 'batch')
    expect(refused.status).toBe(1)
    expect(refused.err).toMatch(/--restart-from plan/)
    expect((await run(whole)).out).toMatch(/nothing was changed/)
  })

  it('take effect with --restart-from, from that step on', async () => {
    const output = copyOf(whole, 'restarted')
    const restarted = await run(output, '--max-slope', '10', '--restart-from', 'batch')
    expect(restarted.status).toBe(0)
    expect(restarted.err).toMatch(/Choosing scenes \(train\): already done/)
    const fresh = join(folder, 'fresh')
    await run(fresh, '--max-slope', '10')
    expect(await datasets(output)).toEqual(await datasets(fresh))
  })

  it('that no result depends on, such as the number of workers, are fine', async () => {
    const again = await run(whole, '--workers', '1', '--memory', '1024')
    expect(again).toMatchObject({ status: 0 })
    expect(again.out).toMatch(/nothing was changed/)
  })
})

describe('a second run of the same project at the same time', () => {
  it('is refused, and the first goes on', async () => {
    const output = join(folder, 'busy')
    const first = start(...onSample('run', output, ...flags))
    await first.shows('Reading granules')
    const second = await run(output)
    expect(second.status).toBe(1)
    expect(second.err).toMatch(/in use by process \d+/)
    expect(await first.finished).toMatchObject({ status: 0 })
  })
})

describe('batches cut one range at a time', () => {
  it('give the same datasets as a run', async () => {
    const output = copyOf(planned, 'ranges')
    const batches = reportOf(output).batches?.total ?? 0
    expect(batches).toBeGreaterThan(10)
    expect(planning.out).toContain(`${batches} batches (batch --index 0-${batches - 1}), 0 done`)
    const [a, b] = await Promise.all([
      gediDataset('batch', '--output', output, '--index', `0-${Math.floor(batches / 2)}`),
      gediDataset('batch', '--output', output, '--index', `${Math.floor(batches / 2) + 1}-${batches - 1}`),
    ])
    expect([a.status, b.status]).toEqual([0, 0])
    const fused = await gediDataset('fuse', '--output', output)
    expect(fused.err).toMatch(/Cutting samples \(\d+ batches\): already done/)
    expect(await datasets(output)).toEqual(expected)
    const beyond = await gediDataset('batch', '--output', output, '--index', '999')
    expect(beyond).toMatchObject({ status: 2 })
    expect(beyond.err).toContain(`up to ${batches - 1}.`)
  })

  it.each([
    ['--restart-from', 'plan'],
    ['--input', SAMPLE_DIR],
    ['--source', SAMPLE_DIR],
    ['--max-slope', '10'],
  ])('take no %s, because everything but the machine is settled by the plan', async (...option) => {
    const refused = await gediDataset('batch', '--output', whole, '--index', '0', ...option)
    expect(refused.status).toBe(2)
    expect(refused.err).toContain(`error (usage): Unknown option '${option[0]}'.`)
  })

  it('need a plan', async () => {
    const refused = await gediDataset('batch', '--output', join(folder, 'unplanned'), '--index', '0')
    expect(refused.status).toBe(2)
    expect(refused.err).toMatch(/not planned yet/)
  })
})

describe('tables given instead of granules', () => {
  it('give the datasets that the steps before them would', async () => {
    const table = (split: string, kind: string): string => join(whole, `${split}_${kind}.csv`)
    const combined = join(folder, 'from-combined')
    const fromCombined = await gediDataset(
      ...['run', '--source', SAMPLE_DIR, '--output', combined, ...flags],
      ...[
        '--path-aggregated-csv-train',
        table('train', 'combined'),
        '--path-aggregated-csv-test',
        table('test', 'combined'),
      ],
    )
    expect(fromCombined.status).toBe(0)
    expect(await datasets(combined)).toEqual(expected)
    const { train, test } = reportOf(combined)
    expect([train.combined, test.combined]).toEqual([578, 269])
    // The form that pandas writes: commas, an index column, times with a space and fractions of a second.
    const subset = join(folder, 'train_pandas.csv')
    const [header, ...lines] = readFileSync(table('train', 'subset'), 'utf8').trim().split('\n')
    const pandas = lines.map(
      (line, i) => `${i},${line.replaceAll(';', ',').replace(/T([\d:]+)Z$/, ' $1.000000')}`,
    )
    writeFileSync(subset, [`,${header.replaceAll(';', ',')}`, ...pandas, ''].join('\r\n'))
    const only = join(folder, 'from-subset')
    const fromSubset = await gediDataset(
      'run',
      '--source',
      SAMPLE_DIR,
      '--output',
      only,
      '--path-subset-csv-train',
      subset,
      ...flags,
    )
    expect(fromSubset).toMatchObject({ status: 0 })
    expect(digestsOf(await readDataset(join(only, 'train_dataset.h5')))).toEqual(expected[0])
    expect(existsSync(join(only, 'test_dataset.h5'))).toBe(false)
  })
})

describe('a combined table given for one split, beside granules', () => {
  it('is counted by its own rows', async () => {
    const table = join(folder, 'ten.csv')
    const lines = readFileSync(join(whole, 'train_combined.csv'), 'utf8').split('\n')
    writeFileSync(table, lines.slice(0, 11).join('\n'))
    const output = join(folder, 'one-given')
    const { status } = await gediDataset(...onSample('combine', output, '--path-aggregated-csv-train', table))
    expect(status).toBe(0)
    const { train, test } = reportOf(output)
    expect([train.combined, test.combined]).toEqual([10, 269])
  })
})

describe('granules that come later', () => {
  it('are named as what makes the tables stale', async () => {
    const input = join(folder, 'granules')
    const names = readdirSync(join(SAMPLE_DIR, 'gedi'))
    const [last] = names.slice(-1)
    cpSync(join(SAMPLE_DIR, 'gedi'), input, { recursive: true })
    rmSync(join(input, last))
    const combine = (): Promise<Finished> =>
      gediDataset('combine', '--input', input, '--output', join(folder, 'growing'))
    expect(await combine()).toMatchObject({ status: 0 })
    cpSync(join(SAMPLE_DIR, 'gedi', last), join(input, last))
    const refused = await combine()
    expect(refused.status).toBe(1)
    expect(refused.err).toMatch(/\(project-stale\): 1 granule was added since .*--restart-from combine/)
  })
})

describe('--json', () => {
  it('gives events and the report as JSON lines', async () => {
    const { out, status } = await gediDataset('run', '--output', whole, '--json')
    expect(status).toBe(0)
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; report?: { train: { samples: number } } })
    expect(lines.at(-1)).toMatchObject({ kind: 'report', report: { train: { samples: 47 } } })
    expect(lines.map(({ kind }) => kind)).toContain('step-kept')
  })
})
