import { spawn } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Benchmark, Figure } from './benchmark'
import { gediDataset } from './command-line'
import { runTree } from './process-tree'
import { short } from './report'

const SAMPLE = resolve(import.meta.dirname, '../../assets/sample')
/** How often the footprints of the sample are repeated. */
const TIMES = 20
const BATCH = 500
const AIM = 1.8
/** A cluster that has not done its tasks by then is given up. */
const PATIENCE_MS = 1_800_000
const LOOK_MS = 250

type Tasks = (project: string, atOnce: number) => Promise<number>

/** Two tasks of an array beside one after the other, of one worker each, on the footprints of the sample times 20. */
export const clustering: Benchmark = {
  name: 'cluster',
  title: `Cutting the sample's footprints times ${TIMES} by array tasks of one worker: two at a time beside one`,
  run: async (bench) => {
    const tables = join(bench.temporary, 'sample')
    const sample = ['--input', join(SAMPLE, 'gedi'), '--source', SAMPLE]
    await gediDataset('subset', ...sample, '--output', tables)
    const table = join(bench.temporary, 'repeated.csv')
    const footprints = await repeat(join(tables, 'train_subset.csv'), table)
    const bySlurm = await hasSlurm()
    const run: Tasks = bySlurm ? throughSlurm : directly
    const seconds: number[] = []
    for (const atOnce of [1, 2]) {
      const project = join(bench.temporary, `cluster-${atOnce}`)
      const words = ['--path-subset-csv-train', table, '--source', SAMPLE, '--batch-size', String(BATCH)]
      const cluster = ['--slurm-batches', '1', '--slurm-cores', '1', '--slurm-memory', '2048']
      const limit = ['--slurm-tasks', String(atOnce)]
      await gediDataset('slurm', 'script', ...words, ...cluster, ...limit, '--output', project)
      seconds.push(await run(project, atOnce))
    }
    return [figureOf(seconds[0], seconds[1], footprints, bySlurm)]
  },
}

function figureOf(one: number, two: number, footprints: number, bySlurm: boolean): Figure {
  const ratio = one / two
  const how = bySlurm ? 'by sbatch' : 'without sbatch: the tasks of the script were started directly'
  return {
    ...{ what: 'two tasks at a time', value: ratio, unit: 'x' },
    aim: { text: `at least ${AIM} x`, met: ratio >= AIM },
    note: `${short(one)} s and ${short(two)} s for ${footprints.toLocaleString('en')} footprints; ${how}`,
  }
}

/** Writes every row of a table several times, with shot numbers of their own. @returns rows written */
async function repeat(from: string, to: string): Promise<number> {
  const [header, ...rows] = (await readFile(from, 'utf8')).trimEnd().split('\n')
  const shot = header.split(';').indexOf('shot_number')
  const all = Array.from({ length: TIMES }, (_, time) =>
    rows.map((row) => {
      const cells = row.split(';')
      cells[shot] = String(BigInt(cells[shot]) + BigInt(time) * 1_000_000n)
      return cells.join(';')
    }),
  ).flat()
  await writeFile(to, [header, ...all, ''].join('\n'))
  return all.length
}

/** Whether a cluster answers; BENCH_SLURM=no leaves it alone, for a machine whose cluster others use. */
async function hasSlurm(): Promise<boolean> {
  if (process.env.BENCH_SLURM === 'no') return false
  const child = spawn('sinfo', ['--noheader'], { stdio: 'ignore', timeout: 10_000 })
  return (await new Promise((done) => child.on('error', () => done(1)).on('close', done))) === 0
}

/** The tasks of the written array, so many at a time, as Slurm starts them. */
const directly: Tasks = async (project, atOnce) => {
  const script = join(project, 'slurm', 'train.sh')
  const last = Number(/--array=0-(\d+)/.exec(await readFile(script, 'utf8'))?.[1] ?? NaN)
  if (!Number.isInteger(last)) throw new Error('no array of tasks was written')
  let next = 0
  const lane = async (): Promise<void> => {
    for (let task = next++; task <= last; task = next++) {
      await runTree('env', [`SLURM_ARRAY_TASK_ID=${task}`, 'bash', script])
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: atOnce }, lane))
  return (performance.now() - started) / 1000
}

/** Submits the written array and waits until all records of its batches are there. */
const throughSlurm: Tasks = async (project) => {
  const script = join(project, 'slurm', 'train.sh')
  const last = Number(/--array=0-(\d+)/.exec(await readFile(script, 'utf8'))?.[1] ?? NaN)
  const started = performance.now()
  const job = (await runTree('sbatch', ['--parsable', script])).output.trim()
  const patience = AbortSignal.timeout(PATIENCE_MS)
  try {
    while ((await finished(project)) <= last) await wait(LOOK_MS, null, { signal: patience })
  } catch (cause) {
    await runTree('scancel', [job])
    throw new Error(`The cluster did not finish the tasks of job ${job}.`, { cause })
  }
  return (performance.now() - started) / 1000
}

async function finished(project: string): Promise<number> {
  const names = await readdir(join(project, 'rejections', 'train')).catch(() => [])
  return names.filter((name) => name.endsWith('.json')).length
}
