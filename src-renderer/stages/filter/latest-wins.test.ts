import { expect, it } from 'vitest'
import { latestWins } from './latest-wins'

/** Work that ends when it is told to. */
function heldWork(): {
  done: number[]
  work: (input: number) => Promise<void>
  release: () => Promise<void>
} {
  const done: number[] = []
  const ends: (() => void)[] = []
  return {
    done,
    work: async (input) => {
      await new Promise<void>((resolve) => ends.push(resolve))
      done.push(input)
    },
    release: async () => {
      ends.shift()?.()
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
}

it('has one call under way and keeps only the newest of those that came meanwhile', async () => {
  const { done, work, release } = heldWork()
  const call = latestWins(work)
  for (const input of [1, 2, 3, 4]) call(input)
  await release()
  await release()
  expect(done).toEqual([1, 4])
})

it('begins again after a rest', async () => {
  const { done, work, release } = heldWork()
  const call = latestWins(work)
  call(1)
  await release()
  call(2)
  await release()
  expect(done).toEqual([1, 2])
})
