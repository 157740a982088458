import { StudioError } from '../../src-shared/errors/studio-error'
import { pause } from '../hdf5/pause'
import type { KnownFile } from './known-files'
import { measureImages, type MeasuredImages } from './measure-sample'
import { FileFault } from './sample-blocks'
import type { SampleFile } from './sample-file'
import type { SampleFiles } from './sample-files'

/** Samples whose measures are kept: 28 bytes each. Files that were asked for longest ago are forgotten first. */
const MOST_SAMPLES = 2_000_000
/** Samples measured before the process looks whether it was cancelled: some hundredths of a second. */
const AT_A_TIME = 50

const COLUMNS = ['deviation', 'missing', 'blue', 'landCover', 'ndvi', 'middleCover'] as const

/** Measures of a file, of its first `done` rows. */
interface FileMeasures {
  version: string
  done: number
  damaged: Uint8Array
  columns: Readonly<Record<(typeof COLUMNS)[number], Float32Array>>
}

/** What was measured of one sample: its images, and whether they could be read. */
export type SampleMeasured = MeasuredImages & { damaged: number }

/** Measures of the samples of files, each sample measured once as long as its file stays the same. */
export class SampleMeasures {
  private readonly measured = new Map<string, FileMeasures>()
  private readonly files: SampleFiles

  constructor(files: SampleFiles) {
    this.files = files
  }

  /** Rows of a file that are measured, from its first one on. */
  done({ file, version }: KnownFile): number {
    const known = this.measured.get(file)
    return known?.version === version ? known.done : 0
  }

  /** Measures of a sample; null while there are none. */
  of({ file, version }: KnownFile, row: number): SampleMeasured | null {
    const known = this.measured.get(file)
    if (known?.version !== version || row >= known.done) return null
    const { columns, damaged } = known
    return {
      damaged: damaged[row],
      deviation: columns.deviation[row],
      missing: columns.missing[row],
      blue: columns.blue[row],
      landCover: columns.landCover[row],
      ndvi: columns.ndvi[row],
      middleCover: columns.middleCover[row],
    }
  }

  /**
   * Measures what is not measured yet of a file, until it is done or the time is over.
   * @param until time of performance.now() after which no sample is begun
   * @param moved hears of rows that are done
   * @throws FileFault when the file cannot be read; StudioError `cancelled`
   */
  async measure(
    file: KnownFile,
    signal: AbortSignal,
    until = Infinity,
    moved: (done: number) => void = () => undefined,
  ): Promise<void> {
    const measures = this.measuresOf(file)
    if (measures.done >= file.samples || performance.now() >= until) return
    const fill = async (open: SampleFile): Promise<void> => {
      while (measures.done < file.samples && performance.now() < until) {
        await pause(signal)
        const end = Math.min(file.samples, measures.done + AT_A_TIME)
        while (measures.done < end && performance.now() < until) measureInto(measures, open)
        moved(measures.done)
      }
    }
    try {
      await this.files.use(file.file, fill, file.partly)
    } catch (error) {
      if (error instanceof StudioError && error.tag !== 'cancelled') throw new FileFault(file, error)
      throw error
    }
  }

  private measuresOf({ file, version, samples }: KnownFile): FileMeasures {
    const known = this.measured.get(file)
    this.measured.delete(file)
    const measures =
      known?.version === version
        ? known
        : { version, done: 0, damaged: new Uint8Array(samples), columns: emptyColumns(samples) }
    this.measured.set(file, measures)
    let held = 0
    for (const { damaged } of this.measured.values()) held += damaged.length
    for (const [path, { damaged }] of this.measured) {
      if (held <= MOST_SAMPLES || path === file) break
      held -= damaged.length
      this.measured.delete(path)
    }
    return measures
  }
}

function emptyColumns(samples: number): FileMeasures['columns'] {
  const column = (): Float32Array => new Float32Array(samples).fill(NaN)
  return {
    deviation: column(),
    missing: column(),
    blue: column(),
    landCover: column(),
    ndvi: column(),
    middleCover: column(),
  }
}

/** Measures the next row. */
function measureInto(measures: FileMeasures, open: SampleFile): void {
  const row = measures.done
  try {
    const images = measureImages(open, row)
    for (const name of COLUMNS) measures.columns[name][row] = images[name]
  } catch (error) {
    if (!(error instanceof StudioError) || error.tag !== 'hdf5-read') throw error
    measures.damaged[row] = 1
  }
  measures.done = row + 1
}
