/** Limits of work that is under way at the same time. */
export interface Overlap<Item> {
  /** Items at most. */
  items: number
  /** Sum of weights at most; one item may be heavier alone. */
  weight: number
  weightOf: (item: Item) => number
}

/**
 * Does work on items, several at the same time, and hands the results out in the order of the items. Items are taken as
 * late as the limits allow. Where one piece fails the others are waited for before its error is thrown, so that nothing
 * goes on unseen.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item>,
  { items: most, weight: heaviest, weightOf }: Overlap<Item>,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, undefined> {
  const running: { result: Promise<Result>; weight: number }[] = []
  let sum = 0
  const first = async (): Promise<Result> => {
    const { result, weight } = running[0]
    const value = await result
    running.shift()
    sum -= weight
    return value
  }
  try {
    for (const item of items) {
      const weight = weightOf(item)
      while (running.length >= most || (running.length > 0 && sum + weight > heaviest)) yield await first()
      const result = work(item)
      result.catch(() => undefined) // its turn comes later; until then a rejection is nobody's fault
      running.push({ result, weight })
      sum += weight
    }
    while (running.length > 0) yield await first()
    return undefined
  } finally {
    await Promise.allSettled(running.map(({ result }) => result))
  }
}
