import { describe, expect, it } from 'vitest'
import { inOrder } from './in-order'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('overlapping work', () => {
  it('gives results in the order of the items, whatever finishes first, within both limits', async () => {
    let [now, most, weight, heaviest] = [0, 0, 0, 0]
    const results: number[] = []
    const items = [5, 1, 4, 2, 3, 9, 1, 1, 1, 1]
    const work = async (item: number): Promise<number> => {
      most = Math.max(most, ++now)
      heaviest = Math.max(heaviest, (weight += item))
      await pause(item * 2)
      now--
      weight -= item
      return item
    }
    for await (const result of inOrder(items, { items: 3, weight: 8, weightOf: (item) => item }, work)) {
      results.push(result)
    }
    expect(results).toEqual(items)
    expect(most).toBe(3)
    expect(heaviest).toBe(9)
  })

  it('throws the first error in order once all that had begun has ended', async () => {
    const ended: number[] = []
    const work = async (item: number): Promise<number> => {
      await pause(item === 1 ? 20 : 1)
      ended.push(item)
      if (item === 2) throw new Error('two')
      return item
    }
    const results: number[] = []
    const all = async (): Promise<void> => {
      const limits = { items: 3, weight: 10, weightOf: () => 1 }
      for await (const result of inOrder([1, 2, 3, 4], limits, work)) results.push(result)
    }
    await expect(all()).rejects.toThrow('two')
    expect(results).toEqual([1])
    expect(ended.sort()).toEqual([1, 2, 3, 4])
  })
})
