import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reportSchema, type Report } from '../src-shared/run/report'
import type { Benchmark, Figure } from './benchmark'
import { CLI } from './command-line'
import { runTree } from './process-tree'
import { short } from './report'
import { SUBMITTED, SUBMITTED_SCENES, submission } from './world/submission'

const SECONDS_AIM = 300
const BYTES_AIM = 2e9

/** From a table of footprints and an imagery folder to the scripts of a cluster, as `slurm submit` does before `sbatch`. */
export const submitting: Benchmark = {
  name: 'submit',
  title: `Planning ${SUBMITTED.toLocaleString('en')} footprints over ${SUBMITTED_SCENES.toLocaleString('en')} scenes and writing the submission, default settings, all processes`,
  run: async (bench) => {
    const { table, source } = submission(await bench.folder('submission'))
    const output = join(bench.temporary, 'submission')
    const words = ['--path-subset-csv-train', table, '--source', source, '--output', output]
    const cost = await runTree(process.execPath, [CLI, 'slurm', 'script', ...words])
    const tasks = /--array=0-(\d+)/.exec(cost.output)?.[1]
    if (tasks === undefined) throw new Error('no array of tasks was written')
    const report = reportSchema.parse(JSON.parse(await readFile(join(output, 'report.json'), 'utf8')))
    return figuresOf(cost, report, Number(tasks) + 1)
  },
}

function figuresOf(
  { seconds, cpu, peakBytes }: { seconds: number; cpu: number; peakBytes: number },
  { stepSeconds, forecast }: Report,
  tasks: number,
): Figure[] {
  const steps = Object.entries(stepSeconds).map(([step, took]) => `${step} ${short(took)} s`)
  const planned = forecast === null ? '' : `, ${forecast.footprints.toLocaleString('en')} with a scene`
  return [
    {
      ...{ what: 'slurm script', value: seconds, unit: 's' },
      aim: { text: `under ${SECONDS_AIM} s`, met: seconds < SECONDS_AIM },
      note: `CPU time of all threads ${short(cpu)} s; ${steps.join(', ')}; ${tasks} tasks${planned}`,
    },
    ...(peakBytes === 0
      ? []
      : [
          {
            ...{ what: 'peak memory of all processes', value: peakBytes / 1e6, unit: 'MB' },
            aim: { text: 'under 2 GB', met: peakBytes < BYTES_AIM },
          },
        ]),
  ]
}
