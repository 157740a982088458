import { median, type Benchmark, type Figure } from './benchmark'
import { TRACK_SHOTS } from './world/tracks'

const OPEN_SECONDS = 10
const MEMORY = 600e6
const FILTER_MS = 100
const TILE_MS = 30
const DISTRIBUTION_SECONDS = 10

/** What the Filter step, the Subset step and the map of the window wait for. */
export const exploring: Benchmark = {
  name: 'explore',
  title: `Exploring ${TRACK_SHOTS.toLocaleString('en')} footprints of 400 ingested granules, one worker`,
  run: async (bench) => {
    const folder = await bench.folder('tracks')
    const { temporary } = bench
    const { output, measured } = await bench.run('explore', { folder, temporary }, false)
    const { seconds, peakBytes } = measured
    const table = await bench.run('combineTracks', { folder, temporary }, false)
    const counted = await bench.run('distribution', { table: table.output.table, temporary }, false)
    const countedIn = counted.measured.seconds
    return [
      {
        ...{
          what: 'open',
          value: seconds,
          unit: 's',
          note: `${output.rows.toLocaleString('en')} footprints`,
        },
        aim: { text: `under ${OPEN_SECONDS} s`, met: seconds < OPEN_SECONDS },
      },
      answers('change of a threshold, small step', output.steps, FILTER_MS),
      answers('change of a filter, large step', output.jumps, FILTER_MS),
      answers('tile, levels 0 to 16', output.tiles, TILE_MS),
      answers('tile, first after a change', output.firstTiles, null),
      {
        ...{ what: 'peak memory', value: peakBytes / 1e6, unit: 'MB' },
        aim: { text: 'under 600 MB', met: peakBytes < MEMORY },
      },
      {
        ...{ what: 'distribution of a table', value: countedIn, unit: 's' },
        note: `${counted.output.rows.toLocaleString('en')} rows`,
        aim: { text: `under ${DISTRIBUTION_SECONDS} s`, met: countedIn < DISTRIBUTION_SECONDS },
      },
    ]
  },
}

function answers(what: string, times: readonly number[], aim: number | null): Figure {
  const value = median(times)
  const slowest = Math.max(...times)
  return {
    ...{ what, value, unit: 'ms', note: `median of ${times.length}, slowest ${slowest.toFixed(0)} ms` },
    ...(aim === null ? {} : { aim: { text: `under ${aim} ms`, met: value < aim } }),
  }
}
