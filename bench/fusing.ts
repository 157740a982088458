import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { median, type Answer, type Bench, type Benchmark, type Figure } from './benchmark'
import { short } from './report'
import type { Measured } from './tasks/task'
import { batchPaths } from './world/batches'

const PARTS = 20
/** Parts of the large fuse: 40,000 samples and 1 GB, or with --large 300,000 and 8 GB. */
const SOME_PARTS = 40
const MANY_PARTS = 300
const READS = 500
/** Times that each is done; the median counts. The first time, memory and disk are often slow. */
const ROUNDS = 5
/** Of the large fuse with --large; a virtual disk writes blocks that were never used at a fraction of its speed. */
const LARGE_ROUNDS = 3
const H5PY_AIM = 10
const COPY_AIM = 0.6
const READ_AIM = 1.2
const PEAK_AIM = 500e6

const answerSchema = z.object({
  seconds: z.number(),
  cpu: z.number(),
  milliseconds: z.array(z.number()),
  bands: z.array(z.int()),
  offset: z.number(),
})

/** Joining batches into a dataset, beside h5py and cp. */
export const fusing: Benchmark = {
  name: 'fuse',
  title: 'Fusing batches of 1000 samples of noise, flushed to the disk and read again, all cores, medians',
  run: async (bench) => {
    const folder = await bench.folder('batches')
    const fused = join(bench.temporary, 'fused.h5')
    const done: Answer<'fuse'>[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await rm(fused, { force: true })
      done.push(await bench.run('fuse', { folder, parts: PARTS, output: fused }, false))
    }
    const measured = middleOf(done.map((answer) => answer.measured))
    const figures = besideH5py(bench, folder, fused, done[0].output.samples, measured)
    await rm(fused)
    return [...figures, ...(await large(bench, folder))]
  },
}

/** The times in the middle, and the most memory. */
function middleOf(measured: readonly Measured[]): Measured {
  return {
    seconds: median(measured.map(({ seconds }) => seconds)),
    cpu: median(measured.map(({ cpu }) => cpu)),
    peakBytes: Math.max(...measured.map(({ peakBytes }) => peakBytes)),
  }
}

function besideH5py(
  bench: Bench,
  folder: string,
  fused: string,
  samples: number,
  { seconds, cpu }: Measured,
): Figure[] {
  const theirs = join(bench.temporary, 'h5py.h5')
  const what = `${samples.toLocaleString('en')} samples of ${PARTS} files`
  const value = samples / seconds
  const input = { files: batchPaths(folder), output: theirs, reads: READS, read: [fused, theirs] }
  const answer = bench.python('fuse_h5py.py', 'h5py', input)
  if (answer === null) return [{ what, value, unit: 'samples/s' }]
  const { seconds: slow, cpu: slowCpu, milliseconds } = answerSchema.parse(answer)
  const ratio = slow / seconds
  const reading = milliseconds[0] / milliseconds[1]
  return [
    {
      ...{ what, value, unit: 'samples/s', ratio },
      compared: { by: 'h5py', value: samples / slow },
      aim: { text: `at least ${H5PY_AIM} x`, met: ratio >= H5PY_AIM },
      note: `CPU time ${short(cpu)} s of all threads, h5py ${short(slowCpu)} s`,
    },
    {
      ...{ what: 'random samples read by h5py', value: milliseconds[0], unit: 'ms', ratio: reading },
      compared: { by: 'from its own file', value: milliseconds[1] },
      aim: { text: `at most ${READ_AIM} x`, met: reading <= READ_AIM },
    },
  ]
}

async function large(bench: Bench, folder: string): Promise<Figure[]> {
  const output = join(bench.temporary, 'large.h5')
  const parts = bench.large ? MANY_PARTS : SOME_PARTS
  const to = join(bench.temporary, 'copy.h5')
  const fusing: Answer<'fuse'>[] = []
  const copying: Measured[] = []
  for (let round = 0; round < (bench.large ? LARGE_ROUNDS : ROUNDS); round++) {
    for (const path of [output, to]) await rm(path, { force: true })
    fusing.push(await bench.run('fuse', { folder, parts, output }, false))
    copying.push((await bench.run('copyFile', { from: output, to }, false)).measured)
  }
  const { output: made } = fusing[0]
  const [measured, copied] = [middleOf(fusing.map((answer) => answer.measured)), middleOf(copying)]
  const ratio = copied.seconds / measured.seconds
  const answer = bench.python('fuse_h5py.py', 'h5py', {
    files: [],
    output: null,
    reads: READS,
    read: [output],
  })
  const read = answer === null ? null : answerSchema.parse(answer)
  const rate = (seconds: number): number => made.bytes / seconds / 1e6
  return [
    {
      what: `${made.samples.toLocaleString('en')} samples, ${(made.bytes / 1e9).toFixed(1)} GB`,
      ...{ value: rate(measured.seconds), unit: 'MB/s', ratio },
      compared: { by: 'cp and fsync', value: rate(copied.seconds) },
      aim: { text: `at least ${COPY_AIM} x`, met: ratio >= COPY_AIM },
      ...(read === null ? {} : { note: `h5py read chunks up to offset ${read.offset.toLocaleString('en')}` }),
    },
    {
      ...{ what: 'peak memory', value: measured.peakBytes / 1e6, unit: 'MB' },
      aim: { text: 'under 500 MB', met: measured.peakBytes < PEAK_AIM },
    },
  ]
}
