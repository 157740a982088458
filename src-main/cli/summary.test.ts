import { describe, expect, it } from 'vitest'
import { NO_SOURCES } from '../../src-shared/run/project'
import type { Report, SplitReport } from '../../src-shared/run/report'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { summarise } from './summary'

const nothing: SplitReport = {
  combined: null,
  subset: null,
  batches: null,
  samples: 0,
  rejected: {},
  failed: 0,
  review: null,
  dataset: null,
}

/** A run that went up to the plan, with one batch to cut. */
const planned: Report = {
  formatVersion: 1,
  softwareVersion: '0.1.0',
  finished: '2026-01-01T00:00:00Z',
  seconds: 1.26,
  nothingToDo: false,
  granules: { read: 1, shots: 1664 },
  combine: null,
  batches: { done: 0, total: 1 },
  train: {
    ...nothing,
    combined: 1200,
    subset: 1,
    batches: { done: 0, total: 1 },
    rejected: { slope: 1, 'no-scene': 1100 },
  },
  test: nothing,
  skipped: [],
  failures: [],
  reading: { requests: 0, retries: 0, bytesReceived: 0, bytes: 0, blocksNeeded: 0, blocksDecoded: 0 },
  forecast: null,
  leakage: null,
  stepSeconds: { plan: 1 },
  settings: DEFAULT_SETTINGS,
  sources: NO_SOURCES,
}

describe('the summary of a run', () => {
  it('up to the plan ends with the batches there are, and tells of no samples yet', () => {
    expect(summarise(planned, '/out').split('\n')).toEqual([
      '1,664 shots in 1 granule',
      'train: 1,200 combined, 1 in the subset',
      '  rejected 1,101: no-scene 1,100, slope 1',
      '1 batch (batch --index 0), 0 done',
      '/out: 1.3 s',
    ])
  })

  it('tells the range of several batches, as long as some split has no dataset', () => {
    const batches = { done: 2, total: 9 }
    const train = { ...planned.train, batches, samples: 1 }
    const text = summarise({ ...planned, batches, train }, '/out')
    expect(text).toContain('train: 1,200 combined, 1 in the subset, 1 sample\n')
    expect(text).toContain('9 batches (batch --index 0-8), 2 done\n')
    const fused = { ...train, batches: { done: 9, total: 9 }, dataset: '/out/train_dataset.h5' }
    expect(summarise({ ...planned, batches, train: fused }, '/out')).not.toContain('--index')
  })

  it('tells what reading imagery cost only where this run read some', () => {
    const reading = { ...planned.reading, bytes: 4_600_000, blocksNeeded: 128, blocksDecoded: 128 }
    expect(summarise({ ...planned, reading }, '/out')).not.toContain('imagery')
    const cut = { ...planned, reading, stepSeconds: { batch: 2 } }
    expect(summarise(cut, '/out')).toContain('imagery: 128 blocks decoded of 128 needed, 4.6 MB read\n')
  })

  const forecast = {
    footprints: 418,
    scenes: 5,
    files: 68,
    blocks: 192,
    bytes: 7_000_000,
    requests: 260,
    bytesPerSecond: 2_000_000,
    latencyMs: 51.4,
    testRead: 'ok',
    error: null,
    diskBytes: 20_000_000,
    freeBytes: 10_000_000,
  } as const

  it('tells what a plan will cost, and where the disk is too small for it', () => {
    const text = summarise({ ...planned, forecast }, '/out')
    for (const line of [
      'to read: about 192 blocks (7.0 MB), 260 requests, for 418 footprints in 5 scenes\n',
      'time: about 4 seconds for one process, at 2.0 MB/s as in a test read\n',
      'disk: about 20.0 MB needed, 10.0 MB free: NOT ENOUGH\n',
      'source: answers in 51 ms, and its files can be read\n',
    ])
      expect(text).toContain(line)
    expect(summarise({ ...planned, forecast: { ...forecast, freeBytes: 3e10 } }, '/out')).toContain(
      'disk: about 20.0 MB needed, 30.0 GB free\n',
    )
  })

  it('does not tell what a plan will cost where its source does not answer', () => {
    const error = { tag: 'signing-failed', message: 'No token.', hint: 'Run later.', context: {} } as const
    const failed = { ...forecast, testRead: 'failed', bytesPerSecond: null, footprints: 0, error } as const
    const text = summarise({ ...planned, forecast: failed }, '/out')
    expect(text).toContain(
      'to read: not known while the source does not answer\nsource: does not answer (signing-failed): No token. Run later.\n',
    )
    expect(text).not.toMatch(/disk|0 footprints/)
  })

  it('names failures and left-out inputs by number, failures also by tag', () => {
    const error = {
      tag: 'raster-corrupt',
      message: 'Block 3 is damaged.',
      hint: 'Get it again.',
      context: {},
    } as const
    const report = { ...planned, failures: [{ error, footprints: 1, shots: ['1'] }], skipped: [error] }
    expect(summarise(report, '/out')).toContain(
      'failed (raster-corrupt): 1 footprint: Block 3 is damaged. Get it again.\n1 footprint left open; running again takes up just these\nleft out: 1 input, named in report.json\n',
    )
  })

  it('tells what servers were asked, and failures of one server in one line', () => {
    const failure = (file: string): Report['failures'][number] => ({
      error: {
        tag: 'source-busy',
        message: 'The server turned the request away (503).',
        hint: 'Wait a while.',
        file,
        context: { host: 'data.example.org' },
      },
      footprints: 20,
      shots: [],
    })
    const reading = { ...planned.reading, requests: 1200, retries: 31, bytesReceived: 5e8, blocksNeeded: 3 }
    const failures = [failure('https://data.example.org/a.tif'), failure('https://data.example.org/b.tif')]
    const text = summarise({ ...planned, reading, failures, stepSeconds: { batch: 2 } }, '/out')
    expect(text).toContain('network: 1,200 requests, 31 of them tried again; 500.0 MB received\n')
    expect(text).toContain(
      'failed (source-busy): 40 footprints: https://data.example.org/a.tif: The server turned the request away (503). Wait a while. (and 1 more file of data.example.org)\n40 footprints left open',
    )
  })
})
