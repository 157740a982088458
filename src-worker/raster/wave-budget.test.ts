import { describe, expect, it } from 'vitest'
import { WaveBudget } from './wave-budget'

describe('a wave budget', () => {
  it('lets in what fits, in the order asked, and never more than it has', async () => {
    const budget = new WaveBudget(100)
    const order: string[] = []
    const first = await budget.take(60)
    const second = budget.take(50).then((give) => {
      order.push('second')
      return give
    })
    const third = budget.take(10).then((give) => {
      order.push('third')
      return give
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(order).toEqual([])
    first()
    first()
    ;(await second)()
    ;(await third)()
    expect(order).toEqual(['second', 'third'])
    expect((await budget.take(100)) instanceof Function).toBe(true)
  })

  it('gives more than all of it to one that comes alone', async () => {
    const budget = new WaveBudget(10)
    const give = await budget.take(50)
    let later = false
    const waiting = budget.take(1).then(() => (later = true))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(later).toBe(false)
    give()
    await waiting
    expect(later).toBe(true)
  })
})
