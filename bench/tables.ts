import { z } from 'zod'
import { REQUIRED_COLUMNS } from '../src-worker/footprints/shot-columns'
import type { Benchmark, Figure } from './benchmark'
import { short } from './report'
import { costSchema, type Measured } from './tasks/task'
import { GRANULE_SHOTS, granulePath } from './world/granule'
import { FOOTPRINTS, SCENES, sceneChoice } from './world/scene-choice'
import { GRANULES, MANY_GRANULES, shotTables } from './world/shot-tables'

const READ_REPEATS = 5
const READ_AIM = 1.5
const COMBINE_SECONDS = 30
const COMBINE_BYTES = 2e9
const MANY_SECONDS = 180

const h5pySchema = z.object({ runs: z.array(costSchema), sums: z.record(z.string(), z.number()) })

/** Reading the columns of a granule, beside h5py. */
export const reading: Benchmark = {
  name: 'read',
  title: 'Reading the 9 columns of a granule with 8 x 200,000 shots, one core: CPU time, best of 5',
  run: async (bench) => {
    const path = granulePath(await bench.folder('granule'))
    const { output } = await bench.run('readColumns', { path, repeats: READ_REPEATS }, true)
    const input = { path, repeats: READ_REPEATS, columns: REQUIRED_COLUMNS }
    const answer = bench.python('read_h5py.py', 'h5py', input)
    const value = best(output.runs)
    const first = short(output.runs[0].cpu)
    const figure: Figure = {
      what: 'all beams',
      value,
      unit: 's',
      note: `the first time in a process ${first} s`,
    }
    if (answer === null) return [figure]
    const { runs, sums } = h5pySchema.parse(answer)
    requireSameSums(output.sums, sums)
    const ratio = value / best(runs)
    const aim = { text: `at most ${READ_AIM} x`, met: ratio <= READ_AIM }
    return [{ ...figure, compared: { by: 'h5py', value: best(runs) }, ratio, aim }]
  },
}

function best(runs: readonly z.infer<typeof costSchema>[]): number {
  return Math.min(...runs.map(({ cpu }) => cpu))
}

/** Sums differ in their last digits, as they are added up in another order. */
function requireSameSums(ours: Record<string, number>, theirs: Record<string, number>): void {
  for (const [column, sum] of Object.entries(theirs)) {
    if (Math.abs(ours[column] - sum) <= 1e-6 * Math.abs(sum)) continue
    throw new Error(`h5py read other values of ${column}: ${sum} instead of ${ours[column]}`)
  }
}

/** Combining, shuffling and writing the footprints of many granules. */
export const combining: Benchmark = {
  name: 'combine',
  title: 'Combining, shuffling and writing 5 million footprints of 50 ingested granules, all cores',
  run: async (bench) => {
    const tables = shotTables(await bench.folder('shots'), GRANULES)
    const { output, measured } = await bench.run('combine', { tables, temporary: bench.temporary }, false)
    const { seconds, peakBytes } = measured
    const rows = `${output.rows.toLocaleString('en')} of ${output.shots.toLocaleString('en')} shots`
    return [
      {
        ...clock('combine job', measured, rows),
        aim: { text: `under ${COMBINE_SECONDS} s`, met: seconds < COMBINE_SECONDS },
      },
      { ...peak('peak memory', measured), aim: { text: 'under 2 GB', met: peakBytes < COMBINE_BYTES } },
    ]
  },
}

/** From ingested granules to subsets, with as many footprints as a continent has. */
export const manyTables: Benchmark = {
  name: 'tables',
  title:
    'Combining, shuffling and drawing subsets of 20 million footprints of 200 ingested granules, all cores',
  run: async (bench) => {
    const tables = shotTables(await bench.folder('many-shots'), MANY_GRANULES)
    const { output, measured } = await bench.run(
      'tablesToSubsets',
      { tables, temporary: bench.temporary },
      false,
    )
    const { seconds, peakBytes } = measured
    const rows = `${output.rows.toLocaleString('en')} footprints, ${output.drawn.toLocaleString('en')} drawn`
    return [
      {
        ...clock('combine and subset jobs', measured, rows),
        aim: { text: `under ${MANY_SECONDS} s`, met: seconds < MANY_SECONDS },
      },
      { ...peak('peak memory', measured), aim: { text: 'under 2 GB', met: peakBytes < COMBINE_BYTES } },
      { what: 'most spilled to the project folder', value: output.spilled / 1e6, unit: 'MB' },
    ]
  },
}

/** Bringing the granule into a project. */
export const ingesting: Benchmark = {
  name: 'ingest',
  title: 'Ingesting a granule with 8 x 200,000 shots, one core',
  run: async (bench) => {
    const path = granulePath(await bench.folder('granule'))
    const { output, measured } = await bench.run('ingest', { path, temporary: bench.temporary }, true)
    if (output.shots !== GRANULE_SHOTS) throw new Error(`${output.shots} of ${GRANULE_SHOTS} shots ingested`)
    const shots = `${output.shots.toLocaleString('en')} shots`
    return [clock('ingest job', measured, shots), peak('peak memory', measured)]
  },
}

/** Choosing scenes for many footprints. */
export const planning: Benchmark = {
  name: 'plan',
  title: `Planning ${FOOTPRINTS.toLocaleString('en')} footprints over ${SCENES.toLocaleString('en')} scenes`,
  run: async (bench) => {
    const { table, catalog } = sceneChoice(await bench.folder('scenes'))
    const { output, measured } = await bench.run(
      'plan',
      { table, catalog, temporary: bench.temporary },
      false,
    )
    const { scenes, noScene } = output
    const found = `${scenes} scenes chosen, ${noScene.toLocaleString('en')} footprints without one`
    return [clock('plan job', measured, found), peak('peak memory', measured)]
  },
}

function clock(what: string, { seconds, cpu }: Measured, done: string): Figure {
  return { what, value: seconds, unit: 's', note: `CPU time of all threads ${short(cpu)} s; ${done}` }
}

function peak(what: string, { peakBytes }: Measured): Figure {
  return { what, value: peakBytes / 1e6, unit: 'MB' }
}
