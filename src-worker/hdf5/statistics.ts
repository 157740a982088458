import { BANDS, PATCH_PIXELS } from '../../src-shared/dataset/bands'
import type { DatasetName } from '../../src-shared/dataset/datasets'
import { SCL_LABELS } from '../../src-shared/dataset/scl'
import type { BandStatistics } from '../../src-shared/dataset/statistics'
import { WORLDCOVER_LABELS } from '../../src-shared/dataset/worldcover'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { JobContext } from '../process/context'
import { withHdf5 } from './file-reader'
import { FloatStatistics } from './float-statistics'
import { pause } from './pause'
import { SampleColumns } from './sample-columns'
import { readSamples } from './samples-reader'
import { slopeUnitOf } from './slope-unit'
import { inspectStructure } from './structure'
import { ValueCounts } from './value-counts'

/** Samples in memory at a time: about 10 MB. */
const BLOCK_SAMPLES = 250

const FLOAT_DATASETS = ['CopDEM', 'AGBD Values'] as const
const DATASETS_READ = ['Sentinel-2 L2A', 'WorldCover', ...FLOAT_DATASETS] as const
const SCL_LEGEND = new Map(SCL_LABELS.map((label, value) => [value, label]))

/**
 * Statistics of a batch or dataset file over all samples and pixels: shares of the classes of SCL and WorldCover, and
 * of the 11 reflectance bands, altitude, slope and AGBD the moments and percentiles, no data left out (0 in the bands,
 * -9999 in the others). Integers from the count of each value; floats by two passes that find the percentiles' values
 * exactly. So nothing is estimated. Progress counts samples of both passes.
 * @throws StudioError `hdf5-open` or `hdf5-read` when the file is damaged, `dataset-invalid` when it has another
 *   structure, `cancelled`
 */
export async function datasetStatistics(path: string, ctx: JobContext): Promise<BandStatistics[]> {
  const bands = BANDS.map(() => new ValueCounts(65_536))
  const landcover = new ValueCounts(256)
  const [altitude, slope, agbd] = [new FloatStatistics(), new FloatStatistics(), new FloatStatistics()]
  let slopeUnit = ''
  await withHdf5(path, async (file) => {
    slopeUnit = slopeUnitOf(file)
    const { samples, problems } = inspectStructure(file)
    if (problems.length > 0) throw invalid(path, problems)

    await eachBlock(DATASETS_READ, 0, (columns) => {
      for (let i = 0; i < columns.count; i++) {
        const layers = columns.uint16('Sentinel-2 L2A', i)
        for (const [band, counts] of bands.entries()) {
          counts.add(layers.subarray(band * PATCH_PIXELS, (band + 1) * PATCH_PIXELS))
        }
        landcover.add(columns.uint8('WorldCover', i))
        const terrain = columns.float32('CopDEM', i)
        altitude.count(terrain.subarray(0, PATCH_PIXELS))
        slope.count(terrain.subarray(PATCH_PIXELS))
        agbd.count(columns.float32('AGBD Values', i))
      }
    })
    for (const floats of [altitude, slope, agbd]) floats.turn()
    await eachBlock(FLOAT_DATASETS, samples, (columns) => {
      for (let i = 0; i < columns.count; i++) {
        const terrain = columns.float32('CopDEM', i)
        altitude.refine(terrain.subarray(0, PATCH_PIXELS))
        slope.refine(terrain.subarray(PATCH_PIXELS))
        agbd.refine(columns.float32('AGBD Values', i))
      }
    })

    async function eachBlock(
      names: readonly DatasetName[],
      done: number,
      use: (columns: SampleColumns) => void,
    ): Promise<void> {
      const columns = new SampleColumns(BLOCK_SAMPLES)
      for (let first = 0; first < samples; first += columns.count) {
        await pause(ctx.signal)
        columns.clear()
        columns.reserve(Math.min(BLOCK_SAMPLES, samples - first))
        for (const name of names) readSamples(file, name, first, columns.count, columns, 0)
        use(columns)
        ctx.progress(done + first + columns.count, 2 * samples)
      }
    }
  })
  return [
    ...BANDS.map(({ name }, band) =>
      name === 'SCL'
        ? bands[band].classes(name, SCL_LEGEND)
        : bands[band].continuous(name, 'reflectance x 10000'),
    ),
    landcover.classes('WorldCover', WORLDCOVER_LABELS),
    altitude.result('altitude', 'm'),
    slope.result('slope', slopeUnit),
    agbd.result('AGBD', 'Mg/ha'),
  ]
}

function invalid(path: string, problems: readonly string[]): StudioError {
  return new StudioError('dataset-invalid', `The file has another structure: ${problems.join('; ')}.`, {
    file: path,
    hint: 'Check that it is a batch or dataset file of this program.',
  })
}
