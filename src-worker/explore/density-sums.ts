import { SHOWN, type MapRows } from './map-rows'

/** Sums over the footprints of cells, one element a cell. */
export class DensitySums {
  /** Footprints that are not dropped. */
  readonly count: Uint32Array
  readonly train: Uint32Array
  readonly test: Uint32Array
  readonly done: Uint32Array
  readonly rejected: Uint32Array
  readonly failed: Uint32Array
  readonly dropped: Uint32Array
  /** Sums over `count`: Mg/ha, and days of the year. */
  readonly agbd: Float64Array
  readonly days: Float64Array

  constructor(cells: number) {
    this.count = new Uint32Array(cells)
    this.train = new Uint32Array(cells)
    this.test = new Uint32Array(cells)
    this.done = new Uint32Array(cells)
    this.rejected = new Uint32Array(cells)
    this.failed = new Uint32Array(cells)
    this.dropped = new Uint32Array(cells)
    this.agbd = new Float64Array(cells)
    this.days = new Float64Array(cells)
  }

  /** Adds footprints that follow each other to a cell. */
  addRows({ places, status, shown, splits, days }: MapRows, start: number, end: number, cell: number): void {
    const { agbd, origin } = places
    let [count, train, test, dropped, biomass, day] = [0, 0, 0, 0, 0, 0]
    for (let row = start; row < end; row++) {
      const look = shown[status[row]]
      if (look < SHOWN.kept) {
        dropped += Number(look === SHOWN.dropped)
        continue
      }
      const of = origin[row]
      const split = splits[of]
      count++
      train += Number(split === 1)
      test += Number(split === 2)
      biomass += agbd[row]
      day += days[of]
      if (look > SHOWN.kept) this.addOutcome(look, cell)
    }
    this.count[cell] += count
    this.train[cell] += train
    this.test[cell] += test
    this.dropped[cell] += dropped
    this.agbd[cell] += biomass
    this.days[cell] += day
  }

  private addOutcome(look: number, cell: number): void {
    this.done[cell] += Number(look === SHOWN.done)
    this.rejected[cell] += Number(look === SHOWN.rejected)
    this.failed[cell] += Number(look === SHOWN.failed)
  }

  /** Adds a cell of other sums to one of these. */
  addCell(other: DensitySums, from: number, cell: number): void {
    this.count[cell] += other.count[from]
    this.train[cell] += other.train[from]
    this.test[cell] += other.test[from]
    this.done[cell] += other.done[from]
    this.rejected[cell] += other.rejected[from]
    this.failed[cell] += other.failed[from]
    this.dropped[cell] += other.dropped[from]
    this.agbd[cell] += other.agbd[from]
    this.days[cell] += other.days[from]
  }
}
