/** Moments of some values, with the sum of their squared distances from the mean. */
export interface MomentsState {
  count: number
  mean: number
  squares: number
  minimum: number
  maximum: number
}

/**
 * Count, mean, standard deviation, least and greatest of any number of values in one pass, without the loss of
 * digits of a sum of squares: block by block, each around its own mean, joined after Chan, Golub and LeVeque (1979).
 */
export class Moments {
  count = 0
  minimum = Infinity
  maximum = -Infinity
  private average = 0
  private squares = 0

  add(values: ArrayLike<number>): void {
    if (values.length > 0) this.addBlock(blockMoments(values))
  }

  /** Takes in what another one has seen. */
  join(other: Moments): void {
    this.joinState(other.state)
  }

  /** As `join`, from what `state` told. */
  joinState(state: MomentsState): void {
    if (state.count > 0) this.addBlock(state)
  }

  /** All there is to know, to go on from later. */
  get state(): MomentsState {
    const { count, average: mean, squares, minimum, maximum } = this
    return { count, mean, squares, minimum, maximum }
  }

  private addBlock(block: MomentsState): void {
    const total = this.count + block.count
    const shift = block.mean - this.average
    this.squares += block.squares + (shift * shift * this.count * block.count) / total
    // The first block's own mean to the last bit: counts that were stored go on as if they had not been.
    this.average = this.count === 0 ? block.mean : this.average + (shift * block.count) / total
    this.count = total
    this.minimum = Math.min(this.minimum, block.minimum)
    this.maximum = Math.max(this.maximum, block.maximum)
  }

  get mean(): number {
    return this.average
  }

  /** Of the population. */
  get standardDeviation(): number {
    return Math.sqrt(this.squares / this.count)
  }
}

function blockMoments(values: ArrayLike<number>): MomentsState {
  const count = values.length
  let sum = 0
  let minimum = Infinity
  let maximum = -Infinity
  for (let i = 0; i < count; i++) {
    const value = values[i]
    sum += value
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
  }
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < count; i++) squares += (values[i] - mean) ** 2
  return { count, mean, squares, minimum, maximum }
}
