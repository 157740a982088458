import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reportSchema, type Report } from '../src-shared/run/report'
import { startServerProcess } from '../src-worker/http/testing/server-process'
import type { Benchmark, Figure } from './benchmark'
import { gediDataset } from './command-line'
import { short } from './report'
import { makeServedWorld } from './world/served'

/** Scenes of a whole tile each, with 1000 footprints. */
const SCENES = 4
/** Added to every answer of the server. */
const LATENCY_MS = 50
/** Footprints per second that a run with default settings should reach. */
const AIM = 60

/**
 * Footprints per second that a run with default settings cuts from whole scenes behind a server whose answers take 50 ms,
 * and what it asks for, beside what its plan said.
 */
export const network: Benchmark = {
  name: 'network',
  title: `Cutting sparse footprints from full-size COGs on a server with ${LATENCY_MS} ms latency, default settings`,
  run: async (bench) => {
    const imagery = await bench.folder('imagery')
    const world = await makeServedWorld(join(bench.temporary, 'served'), imagery, SCENES)
    const { folder, itemsFile, table } = world
    const server = await startServerProcess({ folder, latencyMs: LATENCY_MS, stac: { itemsFile } })
    try {
      const output = join(bench.temporary, 'network')
      // Made terrain is steeper than the limit.
      const words = [
        '--path-subset-csv-train',
        table,
        '--source',
        `${server.url}/stac`,
        '--max-slope',
        '10000',
      ]
      await gediDataset('plan', ...words, '--output', output)
      const planned = await reportOf(output)
      await gediDataset('run', ...words, '--output', output)
      const searches = (await server.look()).counters.search
      return figuresOf(planned, await reportOf(output), searches)
    } finally {
      await server.close()
    }
  },
}

function figuresOf(planned: Report, done: Report, searches: number): Figure[] {
  const { samples } = done.train
  const seconds = done.stepSeconds.batch
  const { requests, bytesReceived } = done.reading
  const forecast = planned.forecast
  if (forecast === null || samples === 0) throw new Error('the run cut nothing')
  const rate = samples / seconds
  return [
    {
      what: 'footprints per second',
      value: rate,
      unit: '/s',
      aim: { text: `at least ${AIM}/s`, met: rate >= AIM },
      note: `${samples} samples in ${short(seconds)} s`,
    },
    {
      what: 'requests per footprint',
      value: requests / samples,
      unit: '',
      note: `the plan said ${short(forecast.requests / forecast.footprints)}`,
    },
    {
      what: 'bytes per footprint',
      value: bytesReceived / samples / 1e6,
      unit: 'MB',
      note: `the plan said ${short(forecast.bytes / forecast.footprints / 1e6)} MB`,
    },
    { what: 'footprints per search', value: samples / searches, unit: '' },
  ]
}

async function reportOf(output: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(join(output, 'report.json'), 'utf8')))
}
