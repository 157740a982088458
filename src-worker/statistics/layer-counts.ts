import { BAND_NAMES, BANDS, PATCH_PIXELS } from '../../src-shared/dataset/bands'
import { SCL_LABELS } from '../../src-shared/dataset/scl'
import {
  PERCENTILES,
  type BandStatistics,
  type ContinuousStatistics,
} from '../../src-shared/dataset/statistics'
import { WORLDCOVER_LABELS } from '../../src-shared/dataset/worldcover'
import { momentStatistics } from '../hdf5/moment-statistics'
import { Moments } from '../hdf5/moments'
import { percentile } from '../hdf5/order-statistics'
import type { SampleColumns } from '../hdf5/sample-columns'
import { ValueCounts } from '../hdf5/value-counts'
import { RoundedValues } from './rounded-values'

/** No data in the float layers. */
const NODATA = -9999
const SCL_LEGEND = new Map(SCL_LABELS.map((label, value) => [value, label]))

/**
 * What the statistics of a split need to know of its samples, counted while they are cut and joined batch by batch: how
 * often each value of each band and of land cover occurs, moments of altitude and slope and how often their values occur
 * when rounded, all biomass values. The
 * result depends on the samples and their order in each batch, not on how they were handed over.
 */
export class LayerCounts {
  readonly bands = BANDS.map(() => new ValueCounts(65_536))
  readonly landcover = new ValueCounts(256)
  readonly altitude = new RoundedValues(-1000, 9000)
  readonly slope = new RoundedValues(0, 2000)
  /** Biomass density of each sample, Mg/ha, in pieces: those of many batches are not copied for each. */
  private readonly agbdPieces: (readonly number[])[] = []

  get samples(): number {
    return this.agbdPieces.reduce((sum, { length }) => sum + length, 0)
  }

  /** Biomass density of each sample, Mg/ha. */
  get agbd(): Float32Array {
    return Float32Array.from(this.agbdPieces.flat())
  }

  /** Counts samples in memory, all of them or those that `goesIn` says yes to. */
  add(columns: SampleColumns, goesIn: (i: number) => boolean = () => true): void {
    const agbd: number[] = []
    for (let i = 0; i < columns.count; i++) {
      if (!goesIn(i)) continue
      const layers = columns.uint16('Sentinel-2 L2A', i)
      for (const [band, counts] of this.bands.entries()) {
        counts.add(layers.subarray(band * PATCH_PIXELS, (band + 1) * PATCH_PIXELS))
      }
      this.landcover.add(columns.uint8('WorldCover', i))
      const terrain = columns.float32('CopDEM', i)
      this.altitude.add(valid(terrain.subarray(0, PATCH_PIXELS)))
      this.slope.add(valid(terrain.subarray(PATCH_PIXELS)))
      agbd.push(columns.float32('AGBD Values', i)[0])
    }
    this.addAgbd(agbd)
  }

  /** Adds biomass densities of samples whose layers were counted elsewhere. */
  addAgbd(values: readonly number[]): void {
    this.agbdPieces.push(values)
  }

  /** Counts what another one has counted as well. */
  join(other: LayerCounts): void {
    for (const [band, counts] of this.bands.entries()) counts.join(other.bands[band])
    this.landcover.join(other.landcover)
    this.altitude.join(other.altitude)
    this.slope.join(other.slope)
    for (const piece of other.agbdPieces) this.agbdPieces.push(piece)
  }

  /**
   * Statistics of all that was counted, values without data left out: 0 in the bands, -9999 in the others. The percentiles
   * of altitude and slope are those of values rounded to 0.1; all else is exact.
   * @param slopeUnit unit of the slope layer
   */
  statistics(slopeUnit: string): BandStatistics[] {
    return [
      ...this.bands.map((counts, band) =>
        BAND_NAMES[band] === 'SCL'
          ? counts.classes('SCL', SCL_LEGEND)
          : counts.continuous(BAND_NAMES[band], 'reflectance x 10000'),
      ),
      this.landcover.classes('WorldCover', WORLDCOVER_LABELS),
      momentStatistics(this.altitude.moments, 'altitude', 'm', this.altitude.percentiles()),
      momentStatistics(this.slope.moments, 'slope', slopeUnit, this.slope.percentiles()),
      this.agbdStatistics(),
    ]
  }

  private agbdStatistics(): ContinuousStatistics {
    const values = valid(this.agbd).sort()
    const moments = new Moments()
    moments.add(values)
    const value = (percent: number): number | null =>
      values.length === 0 ? null : percentile(percent, values.length, (position) => values[position])
    const percentiles = PERCENTILES.map((percent) => ({ percent, value: value(percent) }))
    return momentStatistics(moments, 'AGBD', 'Mg/ha', percentiles)
  }
}

function valid(values: Float32Array): Float32Array {
  return values.filter((value) => value !== NODATA && Number.isFinite(value))
}
